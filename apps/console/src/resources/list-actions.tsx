import { Group } from '@mantine/core';
import { CallButton } from './call-button.js';
import type { Resource } from './document/resources.js';

/** What may be done with a whole list. */
export function ListActions({ resource }: { resource: Resource }) {
  if (resource.listActions.length === 0) return null;
  return (
    <Group gap="xs">
      {resource.listActions.map((call) => (
        <CallButton key={call.operationId} resource={resource} call={call} />
      ))}
    </Group>
  );
}
