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
  '@{uuid=$p.UUID;board=$b.SerialNumber;maker=$s.Manufacturer;model=$s.Model;disk=$d.SerialNumber;' +
    'volume=$l.VolumeSerialNumber;cards=@($n)}|ConvertTo-Json -Compress -Depth 3',
].join(';');

const text = v.optional(v.nullable(v.pipe(v.string(), v.maxLength(1024))), null);

const answerSchema = v.object({
  uuid: text,
  board: text,
  maker: text,
  model: text,
  disk: text,
  volume: text,
  cards: v.optional(v.array(v.object({ PNPDeviceID: text, MACAddress: text })), []),
});

export type WindowsAnswer = v.InferOutput<typeof answerSchema>;

/** The answer to `QUERY`; null if it isn't one. */
export function parseAnswer(output: string): WindowsAnswer | null {
  try {
    const parsed = v.safeParse(answerSchema, JSON.parse(output.replace(/^\uFEFF/, '')));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
