import { describeCases } from '../helpers/leftovers/describe-cases.ts';
import { WITHOUT_PORT } from '../helpers/leftovers/without-port.ts';

describeCases('left-overs without a port', WITHOUT_PORT);
