import { selectServices } from '../core/select-services.ts';
import type { ServiceRecord } from '../state/records.ts';

/** The services that words name, or all where there are no words. Throws where a word names none. */
export const chooseRecords = (
  records: readonly ServiceRecord[],
  targets: readonly string[],
): readonly ServiceRecord[] => {
  const selectable = records.map((record) => {
    const { name, namespace, configFile } = record.spec;
    return { id: record.id, name, namespace, configFile, record };
  });
  return selectServices(selectable, targets.length === 0 ? ['all'] : targets).map(({ record }) => record);
};
