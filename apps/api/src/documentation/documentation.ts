import type { OpenAPIObject } from '@nestjs/swagger';
import { stringify } from 'yaml';

/** The document, made when it is first asked for: most processes are never asked. */
export class Documentation {
  private text: { json: string; yaml: string } | undefined;

  private make: () => OpenAPIObject = () => {
    throw new Error('the application is not up yet');
  };

  /** Says how the document is made. */
  from(make: () => OpenAPIObject): void {
    this.make = make;
  }

  read(): { json: string; yaml: string } {
    if (!this.text) {
      const document = this.make();
      // Aliases would save a few lines and confuse generators.
      const yaml = stringify(document, { aliasDuplicateObjects: false });
      this.text = { json: JSON.stringify(document), yaml };
    }
    return this.text;
  }
}
