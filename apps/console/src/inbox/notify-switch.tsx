import { Button, Text } from '@mantine/core';
import { IconBellPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '../text/language.js';
import { inboxTexts } from './inbox.texts.js';

/** Asks the browser whether it may tell of notices beside the page; only when somebody clicks. */
export function NotifySwitch() {
  const words = useTexts(inboxTexts);
  const [permission, setPermission] = useState(() =>
    'Notification' in window ? Notification.permission : null,
  );
  if (permission === null) return null;
  if (permission === 'granted') return <Text size="sm">{words.notifyOn}</Text>;
  if (permission === 'denied') return <Text size="sm">{words.notifyDenied}</Text>;
  return (
    <Button
      variant="subtle"
      size="compact-md"
      leftSection={<IconBellPlus size={18} aria-hidden />}
      onClick={() => void Notification.requestPermission().then(setPermission)}
    >
      {words.notify}
    </Button>
  );
}
