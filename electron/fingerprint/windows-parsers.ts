import * as v from 'valibot';

/**
 * One question for everything, because starting PowerShell is what takes long. CIM rather than `wmic`, which is no
 * longer part of Windows. The answer is one line of JSON; the words are Windows's own and not translated.
 */
export const QUERY = [
  "$ErrorActionPreference='SilentlyContinue'",
  '$p=Get-CimInstance Win32_ComputerSystemProduct',
  '$b=Get-CimInstance Win32_BaseBoard',
  '$s=Get-CimInstance Win32_ComputerSystem',
  '$l=Get-CimInstance Win32_LogicalDisk -Filter "DeviceID=\'$env:SystemDrive\'"',
  '$d=$l|Get-CimAssociatedInstance -ResultClassName Win32_DiskPartition|Select-Object -First 1' +
    '|Get-CimAssociatedInstance -ResultClassName Win32_DiskDrive',
  "$n=Get-CimInstance Win32_NetworkAdapter -Filter 'PhysicalAdapter=TRUE'" +
    '|Select-Object PNPDeviceID,MACAddress',
  // What a disabled card, or one with a random address, doesn't tell otherwise.
  '$a=Get-CimInstance -Namespace root/StandardCimv2 MSFT_NetAdapter|Select-Object PnPDeviceID,PermanentAddress',
  '@{uuid=$p.UUID;board=$b.SerialNumber;serial=$p.IdentifyingNumber;maker=$s.Manufacturer;model=$s.Model;disk=$d.SerialNumber;' +
    'volume=$l.VolumeSerialNumber;cards=@($n);adapters=@($a)}|ConvertTo-Json -Compress -Depth 3',
].join(';');

/** What isn't a text of sensible length is none: one odd value is no reason to do without all the others. */
const text = v.fallback(v.nullable(v.pipe(v.string(), v.maxLength(1024))), null);

/**
 * A list. Windows PowerShell 5 writes one that has become an object of its own as `{value, Count}`, and an empty one
 * may come as null or with a null in it.
 */
function listOf<const T extends v.ObjectEntries>(entries: T) {
  const item = v.nullable(v.object(entries));
  const list = v.union([
    v.array(item),
    v.pipe(
      v.object({ value: v.array(item) }),
      v.transform(({ value }) => value),
    ),
  ]);
  return v.pipe(
    v.fallback(list, []),
    v.transform((items) => items.filter((entry) => entry !== null)),
  );
}

const answerSchema = v.object({
  uuid: text,
  board: text,
  serial: text,
  maker: text,
  model: text,
  disk: text,
  volume: text,
  cards: listOf({ PNPDeviceID: text, MACAddress: text }),
  adapters: listOf({ PnPDeviceID: text, PermanentAddress: text }),
});

export type WindowsAnswer = v.InferOutput<typeof answerSchema>;

/** The answer to `QUERY`; null if it isn't one. */
export function parseAnswer(output: string): WindowsAnswer | null {
  try {
    // A profile or policy may print a line before ours.
    const line = output.split('\n').find((candidate) => /^\uFEFF*\s*\{/.test(candidate)) ?? '';
    const parsed = v.safeParse(answerSchema, JSON.parse(line.replace(/^\uFEFF+/, '')));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
