import { say } from '../../cli/src/terminal/say.js';

/** Why `npm start` cannot start, as one sentence with the way out, in the terminal's language. */
export class StartRefusal extends Error {
  constructor(spanish: string, english: string) {
    super(say(spanish, english));
  }
}
