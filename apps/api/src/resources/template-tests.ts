import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import type { DispatchReceipt } from '#contracts/http/dispatch.dto.js';
import type { TemplateTestRequest } from '#contracts/http/template-test.dto.js';
import type { Recipient } from '#domain/customers/recipient.js';
import { leftOutReasons } from '#domain/dispatch/channel-decision.js';
import type { DispatchCommand } from '#domain/dispatch/dispatch-command.js';
import type { DispatchResult } from '#domain/dispatch/dispatch-notification.js';
import { type SendTemplateTest, templateTestEvent } from '#domain/dispatch/send-template-test.js';
import type { Setup } from '#domain/orchestration/setup.js';
import type { TemplateEngine } from '#domain/ports/template-engine.js';
import { partsByChannel, type Template } from '#domain/templates/template.js';
import type { Author } from '#infrastructure/persistence/change.js';
import type { Changes } from '#infrastructure/persistence/changes.js';
import type { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { keepMarkedText, readAddressOwners } from '#infrastructure/persistence/template-tests.js';
import type {
  TemplateRecord,
  TemplatesRepository,
} from '#infrastructure/persistence/templates.repository.js';
import { publishMarked } from '#infrastructure/templates/mark-as-test.js';
import { isOpenTo } from '../access/taller-reach.js';
import { receiptOf } from '../dispatch/accept-event.js';
import type { TallerScope } from '../dispatch/taller-scope.js';
import { KeysInFlight } from '../http/idempotency.js';
import { badField, Problem } from '../http/problem.js';
import { found, type Writer } from '../http/writer.js';
import { type TestAddress, testAddress } from './template-test-address.js';

/**
 * A text is tried a few times, and a wrong loop must not become a flood. Counted as all requests
 * are: by each process for itself.
 */
const testsInTenMinutes = { points: 30, duration: 600 };

/** No customer has an empty id. */
const nobody = '';

/** Sends a template as it is saved to one person, marked as a test. */
export class TemplateTests {
  private readonly inFlight = new KeysInFlight();
  private readonly limiter = new RateLimiterMemory(testsInTenMinutes);

  constructor(
    private readonly dataSource: DataSource,
    private readonly templates: TemplatesRepository,
    private readonly setups: SetupCache,
    private readonly engine: TemplateEngine,
    private readonly changes: Changes,
    private readonly tests: SendTemplateTest,
    private readonly scope: TallerScope,
  ) {}

  async send(
    id: string,
    request: TemplateTestRequest,
    writer: Writer,
  ): Promise<{ receipt: DispatchReceipt; replayed: boolean }> {
    const result = await this.inFlight.alone(writer.claim, () => this.execute(id, request, writer));
    return receiptOf(result);
  }

  private async execute(
    id: string,
    request: TemplateTestRequest,
    { caller, author, claim }: Writer,
  ): Promise<DispatchResult> {
    const record = found(await this.templates.find(caller.tallerId, id), 'template');
    const address = testAddress(request, record.channel);
    await this.count(caller.id);
    const setup = await this.setups.current();
    const { customerId, recipient } = await this.personOf(address, caller.tallerId);
    const named = commandOf(record, request, customerId, author.requestId);
    const command = await this.scope.confine(named, caller.tallerId);
    const published = await publishMarked(record.channel, record.source);
    const text = { ...record, templateId: id, published };
    const versionId = await keepMarkedText(this.dataSource, text);
    const test = {
      template: templateOf(record, versionId),
      compiled: this.engine.compile(published, partsByChannel[record.channel]),
      references: referencesOf(setup, record, caller.tallerId),
      recipient,
      member: address.member,
    };
    const result = await this.tests.execute(test, command, claim);
    if (result.kind === 'accepted' && !result.replayed) await this.note(record, author);
    return result;
  }

  /**
   * Who sent a test stands in the audit trail; a repeat under its key and a refusal sent none. In a
   * commit after the event's own: a process that dies in between leaves the event on the log alone.
   */
  private note({ id, taller_id }: TemplateRecord, author: Author): Promise<void> {
    return this.changes.run(author, (change) =>
      change.note({
        action: 'tested',
        resource: 'template',
        resourceId: id,
        tallerId: taller_id,
        changes: {},
      }),
    );
  }

  private async count(who: string): Promise<void> {
    try {
      await this.limiter.consume(who);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new Problem('rate_limited', {
        detail: `At most ${testsInTenMinutes.points} tests in ten minutes.`,
        headers: { 'retry-after': String(seconds) },
      });
    }
  }

  /**
   * A customer as they are kept; of a typed address the customer whose it is, so that what they
   * said counts and an erasure finds the message, else just that address.
   */
  private async personOf(
    address: TestAddress,
    tallerId: string | null,
  ): Promise<{ customerId: string; recipient: Recipient | null }> {
    if (address.kind === 'customer') return { customerId: address.customerId, recipient: null };
    const { channel, text, member } = address;
    const owners = await readAddressOwners(this.dataSource, channel, text);
    if (owners.withdrawn) throw unreachable(member, 'consent_withdrawn');
    if (owners.suppressed) throw unreachable(member, 'address_suppressed');
    const visible = owners.customers.find(({ taller_id }) => isOpenTo({ tallerId }, taller_id));
    if (visible) return { customerId: visible.id, recipient: null };
    return {
      customerId: nobody,
      recipient: {
        kind: 'admin',
        id: text,
        name: text,
        addresses: [channel === 'email' ? { channel, email: text } : { channel, phone: text }],
        preferences: {},
        suppressed: [],
      },
    };
  }
}

function unreachable(member: string, reason: keyof typeof leftOutReasons): Problem {
  return new Problem('no_reachable_channel', { errors: { [member]: [leftOutReasons[reason].en] } });
}

function commandOf(
  record: TemplateRecord,
  { context }: TemplateTestRequest,
  customerId: string,
  requestId: string | null,
): DispatchCommand {
  return {
    eventType: templateTestEvent,
    serviceType: record.service_type_id,
    subtype: record.subtype_id,
    phase: record.phase_id,
    target: record.target,
    customerId,
    vehicleId: null,
    tallerId: record.taller_id,
    context: context ?? {},
    businessKey: null,
    validUntil: null,
    scheduledFor: null,
    priority: 'high',
    critical: false,
    requestId,
  };
}

function templateOf(record: TemplateRecord, versionId: string): Template {
  return {
    id: record.id,
    versionId,
    version: record.version,
    name: record.name,
    channel: record.channel,
    target: record.target,
    phaseId: record.phase_id,
    serviceTypeId: record.service_type_id,
    subtypeId: record.subtype_id,
    tallerId: record.taller_id,
    eventType: record.event_type,
  };
}

function referencesOf(setup: Setup, record: TemplateRecord, tallerId: string | null) {
  const serviceType = setup.serviceTypes.find(({ id }) => id === record.service_type_id);
  const phase = setup.phases.find(({ id }) => id === record.phase_id);
  if (!serviceType || !phase) throw badField('id', 'belongs to what the catalog has no longer');
  const owner = record.taller_id ?? tallerId;
  return {
    serviceType,
    phase,
    subtype: serviceType.subtypes.find(({ id }) => id === record.subtype_id) ?? null,
    taller: setup.talleres.find(({ id }) => id === owner) ?? null,
  };
}
