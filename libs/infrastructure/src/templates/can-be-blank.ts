import { IfTag, Output, type Template, TypeGuards } from 'liquidjs';
import type { Escaping } from '#domain/templates/template.js';

/**
 * Whether for some values a parsed part comes out with nothing to see. Each condition is looked at
 * by itself: of two that leave each other's gaps the answer is true, though they never do so
 * together.
 */
export function canBeBlank(templates: readonly Template[], escaping: Escaping): boolean {
  return templates.every((template) => {
    if (template instanceof Output) return false;
    if (template instanceof IfTag) {
      const branches = template.branches.map((branch) => branch.templates);
      return [...branches, template.elseTemplates ?? []].some((branch) =>
        canBeBlank(branch, escaping),
      );
    }
    if (!TypeGuards.isHTMLToken(template.token)) return true;
    const text = template.token.getContent();
    return !visible.test(escaping === 'html' ? withoutTags(text) : text);
  });
}

/** Neither space nor control nor format character, such as the space of no width. */
const visible = /[^\p{C}\p{Z}\s]/u;

/** A picture is something to see. */
function withoutTags(html: string): string {
  return html.replace(/<(?!img\b)[^>]*>/gi, '').replaceAll('&nbsp;', ' ');
}
