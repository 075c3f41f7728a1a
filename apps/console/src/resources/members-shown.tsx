import { Stack, Text } from '@mantine/core';
import { useTexts } from '../text/language.js';
import type { Row } from './call-resource.js';
import type { Field } from './document/fields.js';
import type { Resource } from './document/resources.js';
import { namesTexts } from './names.texts.js';
import { ValueShown } from './value-shown.js';

interface MembersShownProps {
  fields: readonly Field[];
  row: Row;
  resources: readonly Resource[];
}

/** All members of one thing, one below the other. */
export function MembersShown({ fields, row, resources }: MembersShownProps) {
  const names = useTexts(namesTexts);
  return (
    <Stack gap="sm" component="dl" m={0}>
      {fields
        .filter(({ name }) => name in row)
        .map((field) => (
          <div key={field.name}>
            <Text component="dt" size="xs" c="dimmed">
              {names.member(field.name)}
            </Text>
            <dd style={{ margin: 0 }}>
              <ValueShown field={field} value={row[field.name]} resources={resources} isWhole />
            </dd>
          </div>
        ))}
    </Stack>
  );
}
