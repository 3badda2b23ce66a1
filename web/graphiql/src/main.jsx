import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import './page.css';
import whoSaysWhat from '../../../docs/queries/who-says-what.graphql';
import overTime from '../../../docs/queries/over-time.graphql';
import matrix from '../../../docs/queries/matrix.graphql';
import network from '../../../docs/queries/network.graphql';
import shifts from '../../../docs/queries/shifts.graphql';
import contradictions from '../../../docs/queries/contradictions.graphql';

const root = document.getElementById('graphiql');

async function ask(request) {
  const answer = await fetch(root.dataset.api, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
    body: JSON.stringify(request),
  });
  return answer.json();
}

// A tab for each of the first things to ask, for those who come the first time.
const tabs = [whoSaysWhat, overTime, matrix, network, shifts, contradictions].map((query) => ({ query }));

createRoot(root).render(<GraphiQL fetcher={ask} defaultQuery={whoSaysWhat} defaultTabs={tabs} />);
