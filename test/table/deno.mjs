// Checks the part of the table that is its argument, such as [1, 3], and prints the result as JSON.
import { checkHere } from './here.mjs';

console.log(JSON.stringify(await checkHere(JSON.parse(Deno.args[0]))));
Deno.exit(0);
