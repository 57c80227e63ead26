// @ts-check
/* Everything works without this script. With it, pictures of QR codes can be read, and text be copied. */

/** What was hidden because it needs this script. @param {string} name */
function show(name) {
  for (const element of document.querySelectorAll(`[data-enhanced="${name}"]`))
    element.removeAttribute('hidden');
}

/** @param {Blob} picture @returns {Promise<string>} */
async function readPicture(picture) {
  const { decodeQR } = await import(new URL('/portal/qr/decode.js', location.href).href);
  const bitmap = await createImageBitmap(picture);
  // A camera makes more pixels than a code needs, and a phone has little memory.
  const scale = Math.min(1, 2000 / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  // Without effort no retry is made, and a picture that was taken at an angle is not read.
  const retries = { effort: Infinity, timeLimit: 1500 };
  return String(decodeQR(context.getImageData(0, 0, canvas.width, canvas.height), retries));
}

/** @param {HTMLInputElement} pictures @param {HTMLTextAreaElement} text @param {Element} status */
async function readPictures(pictures, text, status) {
  const files = [...(pictures.files ?? [])];
  let read = 0;
  status.textContent = 'Reading…';
  for (const file of files) {
    try {
      const found = await readPicture(file);
      if (!text.value.includes(found)) text.value = `${text.value.trimEnd()}\n${found}\n`.trimStart();
      read += 1;
    } catch {
      // Counted below: one blurred picture must not stop the others.
    }
  }
  const all = files.length === 1 ? '1 picture' : `${files.length} pictures`;
  const again = `Read ${read} of ${all}. Take the others again, sharper and closer.`;
  status.textContent = read === files.length ? `Read ${all}.` : again;
}

/** @param {HTMLTextAreaElement} answer @param {Element} copied */
async function copyText(answer, copied) {
  try {
    await navigator.clipboard.writeText(answer.value);
    copied.textContent = 'Copied.';
  } catch {
    answer.select();
    copied.textContent = 'Select the text and copy it.';
  }
}

const pictures = document.querySelector('#pictures');
const picturesStatus = document.querySelector('#pictures-status');
const text = document.querySelector('#text');
if (pictures instanceof HTMLInputElement && text instanceof HTMLTextAreaElement && picturesStatus !== null) {
  show('qr');
  pictures.addEventListener('change', () => void readPictures(pictures, text, picturesStatus));
}

const copy = document.querySelector('#copy');
const answer = document.querySelector('#answer');
const copied = document.querySelector('#copied');
if (copy !== null && answer instanceof HTMLTextAreaElement && copied !== null) {
  show('copy');
  copy.addEventListener('click', () => void copyText(answer, copied));
}
