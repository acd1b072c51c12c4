import { describeCases } from '../helpers/leftovers/describe-cases.ts';
import { THIRTEEN_KINDS } from '../helpers/leftovers/thirteen-kinds.ts';

describeCases('left-behind processes and their look-alikes', THIRTEEN_KINDS);
