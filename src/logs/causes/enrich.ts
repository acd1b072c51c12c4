import type { CauseMatch } from './cause.ts';

/** Who usually listens on these ports. */
const SERVICES: Readonly<Record<string, string>> = {
  '1433': 'SQL Server',
  '1521': 'Oracle',
  '2181': 'ZooKeeper',
  '3306': 'MySQL',
  '4222': 'NATS',
  '5432': 'PostgreSQL',
  '5672': 'RabbitMQ',
  '6379': 'Redis',
  '9042': 'Cassandra',
  '9092': 'Kafka',
  '9200': 'Elasticsearch',
  '11211': 'Memcached',
  '26257': 'CockroachDB',
  '27017': 'MongoDB',
};

const HEAP_SIZE = /(?:Mark-\w+|Scavenge)[^[]*? (?<used>\d+\.\d+) \((?<committed>\d+\.\d+)\) -> /;

const heapDetail = (block: readonly string[]): Readonly<Record<string, string>> => {
  const groups = block.map((line) => HEAP_SIZE.exec(line)?.groups).findLast((found) => found !== undefined);
  const { used, committed } = groups ?? {};
  return used === undefined || committed === undefined ? {} : { heapMb: used, heapCommittedMb: committed };
};

/** Adds to the detail what follows from it: the usual service of a port, the size of the heap. */
export const enrich = (match: CauseMatch, block: readonly string[]): CauseMatch => {
  if (match.code === 'HEAP_OOM') return { ...match, detail: { ...match.detail, ...heapDetail(block) } };
  const service = SERVICES[match.detail['port'] ?? ''];
  if (match.code !== 'ECONNREFUSED_DB' || service === undefined) return match;
  return { ...match, detail: { ...match.detail, service } };
};
