import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { deleteSession } from '#contracts/client/sdk.gen.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { sessionTexts } from './session.texts.js';
import { useSession } from './use-session.js';

/** Who is signed in, for which workshop, and the way out. Nothing where nobody is asked. */
export function SessionMenu() {
  const words = useTexts(sessionTexts);
  const caller = useSession().data?.caller;
  if (!caller || caller.kind === 'anyone') return null;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" aria-label={words.account(caller.name)}>
          <IconUserCircle size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} truncate>
            {caller.name}
          </Text>
          <Text size="xs">{caller.taller_name ?? words.everyTaller}</Text>
        </Menu.Label>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
          {words.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Loads the page anew, so that nothing of what was seen stays in it. */
async function signOut(): Promise<void> {
  await ask(deleteSession());
  window.location.assign('/');
}
