import { NavLink } from '@mantine/core';
import {
  IconBell,
  IconDatabase,
  IconInbox,
  IconLayoutDashboard,
  IconLayoutGrid,
  IconListDetails,
  IconPlayerPlay,
  IconSettings,
  IconStack2,
  IconTemplate,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { UnreadBadge } from '../inbox/unread-badge.js';
import { useSession } from '../session/use-session.js';
import { useTexts } from '../text/language.js';
import { shellTexts } from './shell.texts.js';

interface Entry {
  to: NonNullable<LinkProps['to']>;
  /** Its name in the shell's texts. */
  name:
    | 'panel'
    | 'notifications'
    | 'matrix'
    | 'templates'
    | 'customers'
    | 'inbox'
    | 'simulate'
    | 'sandbox'
    | 'queues'
    | 'settings'
    | 'resources';
  Icon: TablerIcon;
  /** Only of use where messages end in the sandbox. */
  isForSandbox?: boolean;
  /** What stands beside the name. */
  Mark?: ComponentType;
}

/** The screens in the order in which a day in the workshop asks for them. */
const entries: Entry[] = [
  { to: '/', name: 'panel', Icon: IconLayoutDashboard },
  { to: '/notificaciones', name: 'notifications', Icon: IconListDetails },
  { to: '/matriz', name: 'matrix', Icon: IconLayoutGrid },
  { to: '/plantillas', name: 'templates', Icon: IconTemplate },
  { to: '/clientes', name: 'customers', Icon: IconUsers },
  { to: '/avisos', name: 'inbox', Icon: IconBell, Mark: UnreadBadge },
  { to: '/simular', name: 'simulate', Icon: IconPlayerPlay },
  { to: '/bandeja', name: 'sandbox', Icon: IconInbox, isForSandbox: true },
  { to: '/colas', name: 'queues', Icon: IconStack2 },
  { to: '/ajustes', name: 'settings', Icon: IconSettings },
  { to: '/recursos', name: 'resources', Icon: IconDatabase },
];

/** @param onChoose somebody goes somewhere */
export function Navigation({ onChoose }: { onChoose: () => void }) {
  const words = useTexts(shellTexts);
  const isSandbox = (useSession().data?.sandbox ?? []).length > 0;
  const shown = entries.filter(({ isForSandbox }) => isSandbox || !isForSandbox);
  return shown.map(({ to, name, Icon, Mark }) => (
    <Link
      key={to}
      to={to}
      onClick={onChoose}
      activeOptions={{ exact: to === '/' }}
      style={{ textDecoration: 'none', color: 'inherit' }}
    >
      {({ isActive }) => (
        <NavLink
          component="span"
          active={isActive}
          label={words[name]}
          leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
          rightSection={Mark ? <Mark /> : undefined}
        />
      )}
    </Link>
  ));
}
