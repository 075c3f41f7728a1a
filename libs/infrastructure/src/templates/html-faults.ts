import { Tokenizer as LiquidTokenizer, TypeGuards } from 'liquidjs';
import { ErrorCodes, type Token, Tokenizer } from 'parse5';
import { TemplateFault } from '#domain/ports/template-engine.js';
import {
  allowedElements,
  attributeFault,
  tagMark,
  variableMark,
  voidElements,
} from './html-rules.js';

/**
 * What an e-mail's HTML holds that must not be sent: scripts and event handlers, links that run
 * something, frames, forms, and whatever else is not on the list of what is allowed. The text is
 * refused, never mended: a person's words are not changed behind their back.
 *
 * It is read by the HTML standard's own tokenizer, and what that calls an error is refused too.
 * Every tag stands whole and outside of conditions, so whichever branch is rendered consists of
 * the same tags that were judged here. The tokens are judged rather than a tree, because a tree
 * leaves out tags (`<body onload>`) that take effect where the text is put in a whole document.
 *
 * @param source parses as Liquid; lines and columns count in its NFC form
 */
export function htmlFaults(part: string, source: string): TemplateFault[] {
  const text = source.normalize('NFC');
  const judge = new Judge(part, text);
  new Tokenizer({ sourceCodeLocationInfo: true }, judge).write(withoutLiquid(text), true);
  return judge.faults;
}

/** Past it nobody reads on. */
const mostFaults = 20;
/** Real e-mails nest some twenty tables and cells; readers that recurse end at some thousands. */
const deepest = 100;

/** The text with marks in place of Liquid, so that every place keeps its line and column. */
function withoutLiquid(text: string): string {
  return new LiquidTokenizer(text)
    .readTopLevelTokens()
    .map((token) => {
      const own = text.slice(token.begin, token.end);
      if (TypeGuards.isHTMLToken(token)) return own;
      return own.replace(/[^\n]/g, TypeGuards.isOutputToken(token) ? variableMark : tagMark);
    })
    .join('');
}

class Judge {
  readonly faults: TemplateFault[] = [];
  private readonly open: Token.TagToken[] = [];

  constructor(
    private readonly part: string,
    private readonly text: string,
  ) {}

  onStartTag(tag: Token.TagToken): void {
    const name = this.nameOf(tag);
    if (!allowedElements.has(name)) {
      this.refuse(`<${name}> is not allowed`, tag.location);
      return;
    }
    for (const attribute of tag.attrs) {
      const place = tag.location?.attrs?.[attribute.name] ?? tag.location;
      const why = attributeFault(name, attribute.name, attribute.value);
      if (why) this.refuse(why, place);
      else if (attribute.value !== '' && !this.isQuoted(place)) {
        this.refuse(`the value of ${attribute.name} must stand in quotes`, place);
      }
    }
    if (voidElements.has(name)) return;
    this.open.push(tag);
    if (this.open.length === deepest) {
      this.refuse(`<${name}> is nested ${deepest} deep`, tag.location);
    }
  }

  onEndTag(tag: Token.TagToken): void {
    const name = this.nameOf(tag);
    const last = this.open.at(-1);
    if (!allowedElements.has(name)) {
      this.refuse(`</${name}> is not allowed`, tag.location);
    } else if (last?.tagName === name) {
      this.open.pop();
    } else {
      const expected = last ? `; </${last.tagName}> must come first` : '';
      this.refuse(`</${name}> closes nothing${expected}`, tag.location);
    }
  }

  onEof(): void {
    for (const tag of this.open) this.refuse(`<${tag.tagName}> is never closed`, tag.location);
  }

  onComment({ location }: Token.CommentToken): void {
    this.refuse('comments are not sent; write {% comment %}…{% endcomment %}', location);
  }

  onDoctype({ location }: Token.DoctypeToken): void {
    this.refuse('the layout has a doctype already', location);
  }

  onParseError = ({ code, ...location }: { code: ErrorCodes } & Token.Location): void => {
    if (harmless.has(code)) return;
    this.refuse(
      words[code] ?? `this is not well-formed HTML: ${code.replaceAll('-', ' ')}`,
      location,
    );
  };

  onCharacter(): void {}
  onNullCharacter(): void {}
  onWhitespaceCharacter(): void {}

  private nameOf({ tagName }: Token.TagToken): string {
    return tagName.replaceAll(tagMark, '%').replaceAll(variableMark, '{').slice(0, 40);
  }

  /** Without quotes, a space in a variable's value would begin another attribute. */
  private isQuoted(place: Token.Location | null): boolean {
    return place !== null && /["']$/.test(this.text.slice(place.startOffset, place.endOffset));
  }

  private refuse(why: string, place: Token.Location | null): void {
    if (this.faults.length === mostFaults) return;
    this.faults.push(new TemplateFault(why, this.part, place?.startLine, place?.startCol));
  }
}

/** A `&` that is meant as it stands is shown so by every reader. */
const harmless: ReadonlySet<ErrorCodes> = new Set([
  ErrorCodes.missingSemicolonAfterCharacterReference,
  ErrorCodes.unknownNamedCharacterReference,
  ErrorCodes.absenceOfDigitsInNumericCharacterReference,
]);

const words: Readonly<Partial<Record<ErrorCodes, string>>> = {
  [ErrorCodes.invalidFirstCharacterOfTagName]: 'write &lt; for a "<" that begins no tag',
  [ErrorCodes.eofBeforeTagName]: 'write &lt; for a "<" that begins no tag',
  [ErrorCodes.eofInTag]: 'the tag has no end',
};
