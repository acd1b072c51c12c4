import type { ServiceSample } from '../../../model/service.ts';

/** An hour of samples, one every two seconds. */
const CAPACITY = 1_800;
const KIB = 1024;

/** The samples of the last hour of one service. */
export interface SampleRing {
  readonly push: (sample: ServiceSample) => void;
  /** Oldest first. */
  readonly list: () => readonly ServiceSample[];
}

/** Makes an empty ring. It takes 29 KB, and never more. */
export const createRing = (capacity: number = CAPACITY): SampleRing => {
  const at = new Float64Array(capacity);
  const memoryKib = new Uint32Array(capacity);
  const cpuPercent = new Float32Array(capacity);
  let pushed = 0;
  const read = (slot: number): ServiceSample => ({
    at: at[slot] ?? 0,
    memoryBytes: (memoryKib[slot] ?? 0) * KIB,
    cpuPercent: Math.round((cpuPercent[slot] ?? 0) * 10) / 10,
  });
  return {
    push: (sample) => {
      const slot = pushed % capacity;
      at[slot] = sample.at;
      memoryKib[slot] = Math.round(sample.memoryBytes / KIB);
      cpuPercent[slot] = sample.cpuPercent;
      pushed += 1;
    },
    list: () => {
      const count = Math.min(pushed, capacity);
      return Array.from({ length: count }, (_, index) => read((pushed - count + index) % capacity));
    },
  };
};
