/** A piece of an app's help text after it was read and cleaned (AP-3): text, or one of a few harmless elements. */
export type HelpNode =
  | string
  | {
      readonly tag: 'p' | 'br' | 'ol' | 'ul' | 'li' | 'a' | 'strong' | 'em' | 'b';
      readonly href: string | null;
      readonly blank: boolean;
      readonly children: readonly HelpNode[];
    };

const HelpPart = (props: { node: HelpNode }) => {
  const { node } = props;
  if (typeof node === 'string') return <>{node}</>;
  if (node.tag === 'br') return <br />;
  const Tag = node.tag;
  const link =
    node.tag === 'a' && node.href !== null && /^(?:https:\/\/|mailto:|\/(?![/\\]))/i.test(node.href)
      ? { href: node.href, ...(node.blank ? { target: '_blank', rel: 'noopener' } : {}) }
      : {};
  return (
    <Tag {...link}>
      {node.children.map((child) => (
        <HelpPart node={child} />
      ))}
    </Tag>
  );
};

/** What an app wants to say on our page, drawn from a tree, so that no string of HTML is ever trusted. */
export const HelpText = (props: { nodes: readonly HelpNode[] }) =>
  props.nodes.length === 0 ? null : (
    <div class="gh-help-text">
      {props.nodes.map((node) => (
        <HelpPart node={node} />
      ))}
    </div>
  );
