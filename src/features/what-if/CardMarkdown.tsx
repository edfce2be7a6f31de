import Markdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { ExternalLink } from './ExternalLink'

/**
 * What a payer's Markdown may become: text, lists, tables, and https links. Raw HTML is shown as nothing (react-markdown skips it),
 * images are never fetched, headings become strong text so that they cannot pose as ours.
 */
const COMPONENTS: Components = {
  a: ({ href, children }) => <ExternalLink url={href}>{children}</ExternalLink>,
  img: ({ alt }) => <>{alt}</>,
  h1: ({ children }) => <p className="wi-quoted-heading">{children}</p>,
  h2: ({ children }) => <p className="wi-quoted-heading">{children}</p>,
  h3: ({ children }) => <p className="wi-quoted-heading">{children}</p>,
  h4: ({ children }) => <p className="wi-quoted-heading">{children}</p>,
  h5: ({ children }) => <p className="wi-quoted-heading">{children}</p>,
  h6: ({ children }) => <p className="wi-quoted-heading">{children}</p>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard inside its own frame
    <section className="wi-table" aria-label="Table from the payer" tabIndex={0}>
      <table>{children}</table>
    </section>
  ),
  // GFM task lists: a payer's boxes are not for ticking here.
  input: ({ checked }) => <>{checked === true ? '[x] ' : '[ ] '}</>,
}

/** GitHub-flavoured Markdown of a card, from the payer, not trusted. Loaded when the first card with text is shown. */
export default function CardMarkdown({ text }: { readonly text: string }) {
  return (
    <Markdown remarkPlugins={[remarkGfm]} components={COMPONENTS} skipHtml urlTransform={(url) => url}>
      {text}
    </Markdown>
  )
}
