/** Where a template's own HTML goes; nothing in MJML's output looks like it. */
export const fragmentMarker = '@@fragment@@';

/**
 * The frame of every e-mail, in MJML: the workshop's name above, the template's text on a card,
 * a line below. Colours hold a contrast of 7:1 or more, on light and on dark.
 *
 * The styles of what a template may use (headings, paragraphs, a table of facts, lists) stand in
 * the head, where the large mail clients read them; a client that drops them shows plain HTML.
 */
export const emailLayout = `
<mjml lang="es">
  <mj-head>
    <mj-title>{{Taller}}</mj-title>
    <mj-raw>
      <meta name="color-scheme" content="light dark">
      <meta name="supported-color-schemes" content="light dark">
    </mj-raw>
    <mj-attributes>
      <mj-all font-family="-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif" />
      <mj-text font-size="16px" line-height="24px" color="#1f2933" padding="0 28px" />
      <mj-section padding="0" />
    </mj-attributes>
    <mj-style>
      .texto h1 { font-size: 22px; line-height: 30px; margin: 0 0 16px; }
      .texto h2 { font-size: 18px; line-height: 26px; margin: 24px 0 8px; }
      .texto p { margin: 0 0 16px; }
      .texto ul { margin: 0 0 16px; padding-left: 20px; }
      .texto table { width: 100%; margin: 0 0 16px; border-top: 1px solid #d3dae3; }
      .texto th, .texto td { padding: 8px 0; border-bottom: 1px solid #d3dae3; text-align: left; }
      .texto th { width: 38%; padding-right: 12px; color: #445262; font-weight: normal; }
      .texto td { font-weight: 600; }
      @media (prefers-color-scheme: dark) {
        .fondo, .fondo > div { background: #10161d !important; }
        .tarjeta, .tarjeta table { background: #1b2530 !important; }
        .texto div, .texto td { color: #eef2f6 !important; }
        .texto th, .pie div { color: #b8c4d0 !important; }
        .texto table, .texto th, .texto td { border-color: #3a4856 !important; }
      }
    </mj-style>
  </mj-head>
  <mj-body background-color="#eef1f5" css-class="fondo">
    <mj-section background-color="#0f3d66" padding="18px 0">
      <mj-column>
        <mj-text color="#ffffff" font-size="18px" font-weight="600">{{Taller}}</mj-text>
      </mj-column>
    </mj-section>
    <mj-section background-color="#ffffff" padding="28px 0 12px" css-class="tarjeta">
      <mj-column>
        <mj-text css-class="texto">${fragmentMarker}</mj-text>
      </mj-column>
    </mj-section>
    <mj-section padding="16px 0 28px">
      <mj-column>
        <mj-text css-class="pie" font-size="13px" line-height="20px" color="#445262">
          Mensaje automático de {{Taller}}.
        </mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`;
