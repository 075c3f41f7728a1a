import type { ChannelDecisionView, TemplateChoiceView } from '#contracts/http/dry-run.dto.js';
import {
  type ChannelDecision,
  type LeftOutReason,
  leftOutReasons,
} from '#domain/dispatch/channel-decision.js';
import { templateSourceTexts } from '#domain/templates/choose-template.js';

/**
 * Which question each reason answers with no. The questions are asked in this order, and after
 * the first no none is asked any more.
 */
const questions = ['enabled', 'consented', 'reachable', 'preferred', 'template'] as const;
const questionOf: Readonly<Record<LeftOutReason, (typeof questions)[number]>> = {
  not_in_matrix: 'enabled',
  cell_disabled: 'enabled',
  consent_withdrawn: 'consented',
  no_address: 'reachable',
  address_suppressed: 'reachable',
  opted_out: 'preferred',
  no_template: 'template',
};

const orders: Readonly<Record<'recipient' | 'matrix' | 'quiet_hours', { es: string; en: string }>> =
  {
    recipient: {
      es: 'en el orden que prefiere la persona',
      en: 'in the order that the person prefers',
    },
    matrix: { es: 'en el orden de la matriz', en: 'in the order of the matrix' },
    quiet_hours: {
      es: 'antes de lo que esperaría demasiado por el horario de silencio',
      en: 'before what quiet hours would hold too long',
    },
  };

/** One channel's decision, told question by question and in a sentence. */
export function decisionView(decision: ChannelDecision): ChannelDecisionView {
  if (decision.verdict === 'left_out') {
    const failed = questions.indexOf(questionOf[decision.reason]);
    const answer = (question: number) => (failed < question ? null : failed > question);
    return {
      channel: decision.channel,
      verdict: 'left_out',
      position: null,
      ordered_by: null,
      enabled: failed > 0,
      consented: answer(1),
      reachable: answer(2),
      preferred: answer(3),
      template: null,
      reason: decision.reason,
      text_es: leftOutReasons[decision.reason].es,
      text_en: leftOutReasons[decision.reason].en,
    };
  }
  const { es, en } = orders[decision.orderedBy];
  return {
    channel: decision.channel,
    verdict: 'planned',
    position: decision.position,
    ordered_by: decision.orderedBy,
    enabled: true,
    consented: true,
    reachable: true,
    preferred: true,
    template: templateView(decision),
    reason: null,
    text_es: `Intento ${decision.position}, ${es}.`,
    text_en: `Try ${decision.position}, ${en}.`,
  };
}

function templateView(
  decision: Extract<ChannelDecision, { verdict: 'planned' }>,
): TemplateChoiceView {
  const { es, en } = templateSourceTexts[decision.templateSource];
  return {
    id: decision.templateId,
    version_id: decision.templateVersionId,
    version: decision.templateVersion,
    source: decision.templateSource,
    text_es: es,
    text_en: en,
  };
}
