import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './look/console.css';
import { contrast, theme } from './look/theme.js';
import { queryClient } from './service/query-client.js';
import { sessionQuery } from './session/use-session.js';
import { router } from './shell/router.js';
import { LanguageProvider } from './text/language.js';

const container = document.getElementById('console');
if (!container) throw new Error('index.html has no element #console');

// Nothing is shown before these have come: asked for while the frame is still being made.
void queryClient.prefetchQuery(sessionQuery);
void router.load();

createRoot(container).render(
  <StrictMode>
    <LanguageProvider>
      <MantineProvider theme={theme} cssVariablesResolver={contrast} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <Notifications position="top-right" />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </LanguageProvider>
  </StrictMode>,
);
