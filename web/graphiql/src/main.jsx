import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import './page.css';
import example from '../../../docs/queries/who-says-what.graphql';

const root = document.getElementById('graphiql');

async function ask(request) {
  const answer = await fetch(root.dataset.api, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
    body: JSON.stringify(request),
  });
  return answer.json();
}

createRoot(root).render(<GraphiQL fetcher={ask} defaultQuery={example} />);
