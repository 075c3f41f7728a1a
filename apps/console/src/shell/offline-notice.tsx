import { Alert } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { IconWifiOff } from '@tabler/icons-react';
import { useTexts } from '../text/language.js';
import { shellTexts } from './shell.texts.js';

export function OfflineNotice() {
  const words = useTexts(shellTexts);
  const { online } = useNetwork();
  if (online) return null;
  return (
    <Alert color="orange" icon={<IconWifiOff aria-hidden />} mb="md" role="status">
      {words.offline}
    </Alert>
  );
}
