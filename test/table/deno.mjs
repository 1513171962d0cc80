// Checks the part of the table that is its first argument, such as [1, 3], and prints the result as JSON;
// with `--hardware` after it, null where there is no GPU.
import { checkHere } from './here.mjs';

const [part, flag] = Deno.args;
const hardware = flag === '--hardware';
console.log(JSON.stringify(await checkHere(JSON.parse(part), { hardware })));
Deno.exit(0);
