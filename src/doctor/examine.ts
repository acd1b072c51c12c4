import type { Check, CheckContext, CheckOutcome } from '../model/check.ts';
import type { FactName, Facts, Snapshot } from '../model/snapshot.ts';

const toError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** Runs one check on the facts it declared. A missing fact skips it, with the reason; it never passes for that. */
const examineOne = (check: Check, snapshot: Snapshot, context: CheckContext): CheckOutcome => {
  const facts: Partial<Record<FactName, unknown>> = {};
  for (const name of check.needs) {
    const reading = snapshot.readings[name];
    if (reading === undefined) return { status: 'skipped', check: check.id, because: `${name} were not looked at` };
    if (!reading.ok) return { status: 'skipped', check: check.id, because: reading.detail };
    facts[name] = reading.value;
  }
  try {
    const findings = [...check.examine(facts as Facts, context)];
    return findings.length === 0
      ? { status: 'clear', check: check.id }
      : { status: 'found', check: check.id, findings };
  } catch (thrown) {
    return { status: 'crashed', check: check.id, error: toError(thrown) };
  }
};

/** Runs checks over one snapshot. A check that crashes is an outcome of its own and never ends the run. */
export const examine = (checks: readonly Check[], snapshot: Snapshot, context: CheckContext): readonly CheckOutcome[] =>
  checks.map((check) => examineOne(check, snapshot, context));
