import type { ServiceDetail, ServiceRow, ServiceSample } from '../../../src/model/service.ts';
import type { Supervisor } from '../../../src/supervisor/client/supervisor.ts';
import type { ActionResult, AnswerOf, ParamsOf, RequestName } from '../../../src/supervisor/protocol/messages.ts';

/** What a supervisor that is not real knows. */
export interface Knowledge {
  /** Throws to be away. */
  readonly rows: () => readonly ServiceRow[];
  readonly details?: () => readonly ServiceDetail[];
  readonly samples?: () => Readonly<Record<string, readonly ServiceSample[]>>;
  /** Told `restart 1`. */
  readonly acted?: (words: string) => void;
  readonly outcome?: Partial<ActionResult['outcomes'][number]>;
}

/** A supervisor of plain values, and whether its connection was closed. */
export interface FakeSupervisor {
  readonly supervisor: Supervisor;
  readonly isClosed: () => boolean;
}

/** Answers what `monit` asks. */
export const fakeSupervisor = (knowledge: Knowledge): FakeSupervisor => {
  let closed = false;
  const act = ({ verb, targets }: ParamsOf<'act'>): ActionResult => {
    knowledge.acted?.(`${verb} ${targets.join(' ')}`);
    const id = Number(targets[0]);
    const name = knowledge.rows().find((row) => row.id === id)?.name ?? '';
    const outcome = { id, name, outcome: 'done', status: 'online', pid: 1, detail: null, hint: null } as const;
    return { outcomes: [{ ...outcome, ...knowledge.outcome }], notices: [] };
  };
  const answer = (name: RequestName, params: unknown): unknown => {
    if (name === 'list') return { services: knowledge.rows(), notices: [] };
    if (name === 'samples') return { samples: knowledge.samples?.() ?? {} };
    if (name === 'act') return act(params as ParamsOf<'act'>);
    const { targets } = params as ParamsOf<'details'>;
    const services = (knowledge.details?.() ?? []).filter(({ id }) => targets?.includes(String(id)) ?? true);
    return { services };
  };
  const request = async <N extends RequestName>(name: N, params: ParamsOf<N>): Promise<AnswerOf<N>> =>
    (await Promise.resolve(answer(name, params))) as AnswerOf<N>;
  const supervisor = {
    daemonVersion: '0.0.0',
    daemonProtocol: 1,
    daemonPid: 1,
    request,
    close: () => {
      closed = true;
    },
  };
  return { supervisor, isClosed: () => closed };
};
