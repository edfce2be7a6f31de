/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { Layout, type Page } from './layout'

/** Something a person has to know, without a way to go on but back. */
export function ErrorPage({ title, message }: { readonly title: string; readonly message: string }): Page {
  return Layout({
    title,
    children: (
      <section class="card narrow">
        <h1>{title}</h1>
        <p>{message}</p>
        <p>
          <a href="/">Back to the patient list</a>
        </p>
      </section>
    ),
  })
}
