import type { Child } from 'hono/jsx';
import type { HelpNode } from '../../apps/help-html.ts';

const draw = (node: HelpNode): Child => {
  if (typeof node === 'string') return node;
  const children = node.children.map(draw);
  if (node.tag === 'br') return <br />;
  if (node.tag === 'a') {
    if (node.href === null) return <>{children}</>;
    return (
      <a
        href={node.href}
        target={node.blank ? '_blank' : undefined}
        rel={node.blank ? 'noopener' : undefined}
      >
        {children}
      </a>
    );
  }
  const Tag = node.tag;
  return <Tag>{children}</Tag>;
};

/** What an app tells its people on one of our pages (AP-3). Draws a checked tree: no markup is trusted here. */
export const HelpText = ({ nodes }: { nodes: readonly HelpNode[] }) =>
  nodes.length === 0 ? null : <div class="gh-help-text">{nodes.map(draw)}</div>;
