import { Group } from '@mantine/core';
import { CallButton } from './call-button.js';
import type { Resource } from './document/resources.js';

/** What else may be done with one thing. */
export function ItemActions({ resource, id }: { resource: Resource; id: string }) {
  if (resource.actions.length === 0) return null;
  return (
    <Group gap="xs">
      {resource.actions.map((call) => (
        <CallButton key={call.operationId} resource={resource} call={call} id={id} />
      ))}
    </Group>
  );
}
