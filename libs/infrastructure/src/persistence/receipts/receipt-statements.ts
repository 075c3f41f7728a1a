/** The message that a receipt's subject names. */
export interface Match {
  subject: string;
  message_id: string;
  notification_id: string;
}

/**
 * Due receipts, each put off at once: nobody else takes them meanwhile, and those whose message is
 * not there come again after 1, 2, 4 seconds and so on. Many are of messages that people wrote by
 * hand on the same line, whose turn never comes: in a week, some 20 looks at each.
 */
export const takeDue = `
  UPDATE receipt SET attempts = attempts + 1,
    due_at = clock_timestamp() + least(1 << least(attempts, 16), 43200) * interval '1 s'
  WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM receipt WHERE applied_at IS NULL AND due_at <= clock_timestamp()
    ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED))
  RETURNING subject, kind, code, detail, address_is_wrong, received_at
`;

export const match = `
  SELECT 'whatsapp:' || provider_message_id AS subject, id AS message_id, notification_id
  FROM message WHERE channel = 'whatsapp' AND provider_message_id = ANY($1::text[])
  UNION ALL
  SELECT 'message:' || id, id, notification_id FROM message WHERE id = ANY($2::uuid[])
`;

export const lockNotifications = `
  SELECT id, state, ladder FROM notification WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE
`;

export const lockMessages = `
  SELECT id, notification_id, channel, rung, state, address, advance_until FROM message
  WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE
`;

/** A provider's words may quote an address, and of one who was erased they come too late. */
export const tell = `
  WITH applied AS (
    UPDATE receipt r SET applied_at = clock_timestamp(),
      detail = CASE WHEN '' IN (m.address->>'email', m.address->>'phone') THEN NULL ELSE r.detail END
    FROM unnest($1::text[], $2::text[], $3::uuid[], $4::uuid[])
        AS said(subject, kind, notification_id, message_id)
      JOIN message m ON m.id = said.message_id
    WHERE r.subject = said.subject AND r.kind = said.kind AND r.applied_at IS NULL
    RETURNING said.notification_id, said.message_id, r.kind, r.code, r.detail, r.received_at
  )
  INSERT INTO timeline (notification_id, message_id, at, kind, data)
  SELECT notification_id, message_id, received_at, 'receipt',
    jsonb_strip_nulls(jsonb_build_object('receipt', kind, 'code', code,
      'detail', nullif(detail, '')))
  FROM applied ORDER BY received_at
`;

/** Who has read a message has got it, whichever of the two was told first. */
export const moveOn = `
  UPDATE message m SET state = said.state,
    state_reason = CASE said.state WHEN 'bounced' THEN said.code END,
    delivered_at = coalesce(m.delivered_at, said.delivered_at),
    read_at = coalesce(m.read_at, said.read_at),
    advance_at = CASE WHEN said.closes OR said.state = 'bounced' THEN NULL ELSE m.advance_at END
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[],
      $6::boolean[])
    AS said(id, state, code, delivered_at, read_at, closes)
  WHERE m.id = said.id
`;

/** One that is being sent now is not called back. */
export const stopLaterRungs = `
  UPDATE message m SET state = 'canceled', state_reason = 'earlier_rung_arrived', advance_at = NULL
  FROM (
    SELECT notification_id, min(rung) AS rung
    FROM unnest($1::uuid[], $2::smallint[]) AS closed(notification_id, rung)
    GROUP BY notification_id
  ) closed
  WHERE m.notification_id = closed.notification_id AND m.rung > closed.rung AND m.state = 'queued'
`;

export const arrive = `
  UPDATE notification n SET state = told.state, state_reason = NULL,
    ended_at = coalesce(n.ended_at, clock_timestamp())
  FROM (
    -- "read" comes after "delivered" in the alphabet as on the way.
    SELECT id, max(state) AS state FROM unnest($1::uuid[], $2::text[]) AS said(id, state)
    GROUP BY id
  ) told
  WHERE n.id = told.id AND (n.state IN ('in_progress', 'sent')
    OR n.state = 'delivered' AND told.state = 'read')
`;
