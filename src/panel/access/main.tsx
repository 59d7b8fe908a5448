import { render } from 'preact';
import '../styles/tokens.css';
import './access.css';
import { AccessPage } from './access-page.tsx';
import { requestHostAccess } from '../platform.ts';

const root = document.querySelector('#app');
const url = new URLSearchParams(location.search).get('url') ?? '';
if (root !== null) {
  render(<AccessPage url={url} ask={requestHostAccess} close={() => window.close()} />, root);
}
