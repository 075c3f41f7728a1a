/** What a test's mail server says of a mail. */
export interface MailReportDraft {
  /** The envelope sender of the mail that comes back. */
  to: string;
  action: string;
  status: string;
  diagnostic?: string;
}

/** A report as Postfix 3.7 writes it (RFC 3464). */
export function mailReport({ to, action, status, diagnostic }: MailReportDraft): string {
  return `Return-Path: <>
Date: Sun, 22 Nov 2026 12:00:00 -0500 (-05)
From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: ${to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="B4C1.1795366800/mx.example.com"
Message-Id: <20261122170000.B4C1@mx.example.com>

This is a MIME-encapsulated message.

--B4C1.1795366800/mx.example.com
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.com.

--B4C1.1795366800/mx.example.com
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com
X-Postfix-Queue-ID: B4C1
Arrival-Date: Sun, 22 Nov 2026 11:59:58 -0500 (-05)

Final-Recipient: rfc822; ana.paredes@example.com
Original-Recipient: rfc822;ana.paredes@example.com
Action: ${action}
Status: ${status}
Remote-MTA: dns; mail.example.com
Diagnostic-Code: smtp; ${diagnostic ?? `550 ${status} <ana.paredes@example.com>:`}
    Recipient address rejected

--B4C1.1795366800/mx.example.com
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

From: Ambacar Service <avisos@example.com>
To: Ana Paredes <ana.paredes@example.com>
Subject: Su cita

--B4C1.1795366800/mx.example.com--
`.replaceAll('\n', '\r\n');
}
