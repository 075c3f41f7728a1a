import { NavLink } from '@mantine/core';
import { IconInbox, IconLayoutDashboard, type TablerIcon } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { UnreadBadge } from '../inbox/unread-badge.js';
import { useTexts } from '../text/language.js';
import { shellTexts } from './shell.texts.js';

interface Entry {
  to: NonNullable<LinkProps['to']>;
  /** Its name in the shell's texts. */
  name: 'panel' | 'inbox';
  Icon: TablerIcon;
  /** What waits there. */
  Count?: ComponentType;
}

/** The screens in the order in which a day in the workshop asks for them. */
const entries: Entry[] = [
  { to: '/', name: 'panel', Icon: IconLayoutDashboard },
  { to: '/avisos', name: 'inbox', Icon: IconInbox, Count: UnreadBadge },
];

export function Navigation() {
  const words = useTexts(shellTexts);
  return entries.map(({ to, name, Icon, Count }) => (
    <Link key={to} to={to} activeOptions={{ exact: to === '/' }} style={{ textDecoration: 'none' }}>
      {({ isActive }) => (
        <NavLink
          component="span"
          active={isActive}
          label={words[name]}
          rightSection={Count ? <Count /> : null}
          leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
        />
      )}
    </Link>
  ));
}
