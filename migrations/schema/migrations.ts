import { CreateWorkshop1795305600000 } from './1795305600000-create-workshop.js';
import { CreateDeliveryLog1795305600001 } from './1795305600001-create-delivery-log.js';
import { CreateApiKey1795305600002 } from './1795305600002-create-api-key.js';
import { CreateAudit1795305600003 } from './1795305600003-create-audit.js';
import { SearchStaffAndAudit1795305600004 } from './1795305600004-search-staff-and-audit.js';
import { LetVersionsOutliveTemplates1795305600005 } from './1795305600005-let-versions-outlive-templates.js';
import { SearchAndErasePeople1795305600006 } from './1795305600006-search-and-erase-people.js';
import { LetRemindersGoByKilometres1795305600007 } from './1795305600007-let-reminders-go-by-kilometres.js';
import { RotateApiKeys1795305600008 } from './1795305600008-rotate-api-keys.js';
import { CreateSyncAndDeadLetters1795305600009 } from './1795305600009-create-sync-and-dead-letters.js';
import { CreateAnalytics1795305600010 } from './1795305600010-create-analytics.js';
import { CreateChannelSetting1795305600011 } from './1795305600011-create-channel-setting.js';
import { KeepAnswersAsWritten1795305600012 } from './1795305600012-keep-answers-as-written.js';
import { CreateReceipts1795305600013 } from './1795305600013-create-receipts.js';
import { LetLaddersKeepTime1795305600014 } from './1795305600014-let-ladders-keep-time.js';
import { WatchProviderAccounts1795305600015 } from './1795305600015-watch-provider-accounts.js';
import { TryRunsAgain1795305600016 } from './1795305600016-try-runs-again.js';
import { KeepErasedPeopleErased1795305600018 } from './1795305600018-keep-erased-people-erased.js';
import { CreateStaffInbox1795305600019 } from './1795305600019-create-staff-inbox.js';
import { SearchTheLogAndTimeIt1795305600021 } from './1795305600021-search-the-log-and-time-it.js';
import { RememberCancellations1795305600022 } from './1795305600022-remember-cancellations.js';
import { ReplayWebhooksAndRuns1795305600023 } from './1795305600023-replay-webhooks-and-runs.js';
import { ValidateKindsAndStates1795305600024 } from './1795305600024-validate-kinds-and-states.js';

/** Every schema step, oldest first. Named here rather than found by a pattern: a bundle or a
 * moved folder cannot lose one. */
export const migrations = [
  CreateWorkshop1795305600000,
  CreateDeliveryLog1795305600001,
  CreateApiKey1795305600002,
  CreateAudit1795305600003,
  SearchStaffAndAudit1795305600004,
  LetVersionsOutliveTemplates1795305600005,
  SearchAndErasePeople1795305600006,
  LetRemindersGoByKilometres1795305600007,
  RotateApiKeys1795305600008,
  CreateSyncAndDeadLetters1795305600009,
  CreateAnalytics1795305600010,
  CreateChannelSetting1795305600011,
  KeepAnswersAsWritten1795305600012,
  CreateReceipts1795305600013,
  LetLaddersKeepTime1795305600014,
  WatchProviderAccounts1795305600015,
  TryRunsAgain1795305600016,
  KeepErasedPeopleErased1795305600018,
  CreateStaffInbox1795305600019,
  SearchTheLogAndTimeIt1795305600021,
  RememberCancellations1795305600022,
  ReplayWebhooksAndRuns1795305600023,
  ValidateKindsAndStates1795305600024,
];
