import { parseArguments } from '../../../electron/cli/program.ts';
import type { CliPorts } from '../../../electron/cli/ports.ts';
import type { DiagnosisReport } from '../../../shared/support/report.ts';
import { reportSchema } from '../../../shared/support/report.ts';
import { describeCause } from '../../../shared/support/causes.ts';
import type { Evidence } from '../../../shared/support/evidence.ts';
import { EVIDENCE_WORDS } from '../../../shared/support/evidence-words.ts';
import * as v from 'valibot';
import { summaryOf } from '../../../renderer/diagnostics/summary.ts';
import { launch } from '../../e2e/screens/window.ts';
import type { PlantedFault } from './fault.ts';
import { openFaultWindow, type FaultWindow } from './window.ts';
import { wrongInWindow } from './window-verdict.ts';
import { withWorld, type World } from './world.ts';

/** What came out for one fault. */
interface Outcome {
  readonly fault: PlantedFault;
  readonly report: DiagnosisReport;
  /** What is wrong with it; none = the verdict named the fault first. */
  readonly wrong: readonly string[];
}

const isWord = (piece: Evidence) => piece.kind === 'word';

/** What `latchkey diagnose` prints for the same services. */
async function command(world: World, ...args: readonly string[]) {
  const refuse = () => {
    throw new Error('the command was not understood');
  };
  const parsed = parseArguments(['diagnose', ...args], { version: '0.0.0', out: refuse, err: refuse });
  if (parsed.kind !== 'command' || parsed.command.needs !== 'installation') return refuse();
  const printed = await parsed.command.run({
    profile: world.setting.profile,
    services: world.services(),
    // The command only asks the services.
    ports: {} as CliPorts,
    language: 'en',
  });
  if (!printed.ok || !('text' in printed.value)) throw new Error('the command failed');
  return printed.value;
}

/** Faults at once, each with a window. */
const WORKERS = 4;

/** Plays faults, a few at once. The browser and its windows are kept from one to the next. */
export async function playAll(faults: readonly PlantedFault[]): Promise<readonly Outcome[]> {
  const outcomes = new Map<PlantedFault, Outcome>();
  const left = faults.values();
  const browser = await launch();
  const work = async (): Promise<void> => {
    const window = await openFaultWindow(browser);
    for (const fault of left) outcomes.set(fault, await play(fault, window));
  };
  try {
    await Promise.all(Array.from({ length: Math.min(WORKERS, faults.length) }, work));
  } finally {
    await browser.close();
  }
  return faults.flatMap((fault) => outcomes.get(fault) ?? []);
}

/** Plants a fault in a world of its own and asks window and command line what is the matter. */
async function play(fault: PlantedFault, window: FaultWindow): Promise<Outcome> {
  return withWorld(fault.server ?? {}, async (world) => {
    await fault.plant(world);
    const { report, seen, complaints } = await window.look(world.services());
    const printed = await command(world, world.productId);
    const wrong: string[] = [...wrongInWindow(fault, report, seen), ...complaints];
    const expect = (what: string, isRight: boolean) => {
      if (!isRight) wrong.push(what);
    };
    const [main] = report.verdict;
    const found = report.verdict.map(({ cause }) => cause.code).join(', ');
    expect(`the verdict was ${found === '' ? 'empty' : found}`, main?.cause.code === fault.code);
    expect(`the remedy was ${main?.remedy ?? 'none'}`, main?.remedy === fault.remedy);
    for (const code of fault.explains ?? []) {
      expect(`${code} was not explained`, main?.explains.some((cause) => cause.code === code) === true);
    }
    const [first = ''] = printed.text.split('\n');
    const sentence = main === undefined ? '' : describeCause(main.cause, 'en').sentence;
    const isInfo = main?.severity === 'info';
    expect(
      `the command began with “${first}”`,
      isInfo ? printed.text.includes(sentence) : first.endsWith(sentence),
    );
    // The window's summary is made of what its screen shows.
    const [shown = ''] = summaryOf(report, 'en').split('\n');
    expect(`the window began with “${shown}”`, isInfo || shown === `${sentence} [${fault.code}]`);
    for (const { name, value } of report.checks.flatMap(({ evidence }) => evidence.filter(isWord)))
      expect(
        `${name} ${value} is no word of a list`,
        EVIDENCE_WORDS[name].some((known) => known === value),
      );
    expect('the command printed another report', v.is(reportSchema, printed.json));
    return { fault, report, wrong };
  });
}
