import { describeCases } from '../helpers/leftovers/describe-cases.ts';
import { VARIATIONS } from '../helpers/leftovers/variations.ts';

describeCases('the same by other launchers and names', VARIATIONS);
