import { Badge } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';

interface SignBadgeProps {
  /** Of the sign alone: words on a light fill of their own colour are hard to read (axe). */
  color: string;
  Icon: TablerIcon;
  children: string;
}

/** A word with a sign before it, so that the colour is never all that says it. */
export function SignBadge({ color, Icon, children }: SignBadgeProps) {
  const sign = (
    <Icon size={14} stroke={2} aria-hidden color={`var(--mantine-color-${color}-light-color)`} />
  );
  return (
    <Badge variant="default" tt="none" fw={600} leftSection={sign}>
      {children}
    </Badge>
  );
}
