import type { ServiceDetail, ServiceRow, ServiceSample } from '../../model/service.ts';
import type { Verb, ActionResult } from '../../supervisor/protocol/messages.ts';
import { KEPT_LINES, type LogView, type Message, type MonitState, type OutputLine, type Size } from './monit-state.ts';
import { keepSelection, placeOf } from './shown-services.ts';

/** What happened outside. */
export type News =
  | { readonly kind: 'listed'; readonly services: readonly ServiceRow[]; readonly notices: readonly string[] }
  | { readonly kind: 'sampled'; readonly samples: Readonly<Record<string, readonly ServiceSample[]>> }
  | { readonly kind: 'detailed'; readonly detail: ServiceDetail }
  | { readonly kind: 'logged'; readonly turn: number; readonly lines: readonly OutputLine[] }
  /** Why there may be nothing to see. */
  | { readonly kind: 'noted'; readonly turn: number; readonly note: string }
  | { readonly kind: 'lost' }
  | { readonly kind: 'acting'; readonly verb: Verb; readonly name: string }
  | { readonly kind: 'acted'; readonly result: ActionResult }
  | { readonly kind: 'refused'; readonly message: string; readonly hint: string | null }
  | { readonly kind: 'resized'; readonly size: Size };

const SAY_MS = 6_000;
/** Until a key is pressed. */
const UNTIL_READ = Number.POSITIVE_INFINITY;

const hinted = (text: string, hint: string | null): string => (hint === null ? text : `${text} · try: ${hint}`);

const outcomeMessage = ({ outcomes, notices }: ActionResult, now: number): Message => {
  const failed = outcomes.find(({ outcome }) => outcome === 'failed');
  if (failed !== undefined) {
    const why = failed.detail ?? `is ${failed.status}`;
    return { tone: 'bad', text: hinted(`${failed.name}: ${why}`, failed.hint), until: UNTIL_READ };
  }
  const words = outcomes.map(({ name, outcome, status, detail }) =>
    [`${name}: ${status}${outcome === 'unchanged' ? ' already' : ''}`, detail]
      .filter((part) => part !== null)
      .join(', '),
  );
  return { tone: 'good', text: [...words, ...notices].join(' · '), until: now + SAY_MS };
};

const DOING: Readonly<Record<Verb, string>> = {
  start: 'starting',
  stop: 'stopping',
  restart: 'restarting',
  delete: 'deleting',
  reset: 'resetting',
};

const listed = (
  state: MonitState,
  services: readonly ServiceRow[],
  notices: readonly string[],
  now: number,
): MonitState => {
  const place = Math.max(0, placeOf(state));
  const next = keepSelection({ ...state, services, notices, lostSince: null }, place);
  const fresh = notices.filter((notice) => !state.notices.includes(notice));
  return fresh.length === 0
    ? next
    : { ...next, message: { tone: 'plain', text: fresh.join(' · '), until: now + SAY_MS } };
};

const logged = (log: LogView, lines: readonly OutputLine[]): LogView => {
  const all = [...log.lines, ...lines];
  const gone = Math.max(0, all.length - KEPT_LINES);
  return { ...log, lines: gone === 0 ? all : all.slice(gone), first: log.first + gone };
};

const inLog = (state: MonitState, news: Extract<News, { turn: number }>): MonitState => {
  const { log } = state;
  if (news.turn !== log.turn) return state;
  return { ...state, log: news.kind === 'noted' ? { ...log, note: news.note } : logged(log, news.lines) };
};

const messageOf = (news: Extract<News, { kind: 'acting' | 'acted' | 'refused' }>, now: number): Message => {
  if (news.kind === 'acted') return outcomeMessage(news.result, now);
  return news.kind === 'acting'
    ? { tone: 'plain', text: `${DOING[news.verb]} ${news.name}`, until: UNTIL_READ }
    : { tone: 'bad', text: hinted(news.message, news.hint), until: UNTIL_READ };
};

const detailed = (state: MonitState, detail: ServiceDetail): MonitState =>
  detail.id === state.selected ? { ...state, detail } : state;

const learned = (state: MonitState, news: News): MonitState => {
  switch (news.kind) {
    case 'listed':
      return listed(state, news.services, news.notices, state.now);
    case 'sampled':
      return { ...state, samples: news.samples };
    case 'detailed':
      return detailed(state, news.detail);
    case 'logged':
    case 'noted':
      return inLog(state, news);
    case 'lost':
      return { ...state, lostSince: state.lostSince ?? state.now };
    case 'acting':
    case 'acted':
    case 'refused':
      return { ...state, message: messageOf(news, state.now) };
    case 'resized':
      return { ...state, size: news.size };
  }
};

/** The state after something happened at an instant. */
export const takeNews = (state: MonitState, news: News, now: number): MonitState => learned({ ...state, now }, news);
