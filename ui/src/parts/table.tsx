import type { ReactNode } from 'react';

/** The head of a column. */
export type Head = {
  readonly text: string;
  /** Figures stand to the right, under each other. */
  readonly isNumber?: boolean;
  /** Left out where the page is narrow. */
  readonly isWide?: boolean;
  /** Left out where the table has little room: what stands in it stands under its row then. */
  readonly isBeside?: boolean;
};

/** A table with its heads; one that is wider than the screen is moved with the keyboard too. */
export function Table(of: {
  readonly label: string;
  readonly heads: readonly Head[];
  readonly children: ReactNode;
  readonly foot?: ReactNode;
}) {
  return (
    <div className="scroll" role="region" aria-label={of.label} tabIndex={0}>
      <table className="table" aria-label={of.label}>
        <thead>
          <tr>
            {of.heads.map(({ text, isNumber, isWide, isBeside }, index) => {
              const className = [isNumber && 'num', isWide && 'wide-only', isBeside && 'beside']
                .filter(Boolean)
                .join(' ');
              // Over buttons there is nothing to say, and a head that says nothing is none.
              if (text === '') return <td key={index} className={className} />;
              return (
                <th key={index} scope="col" className={className}>
                  {text}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>{of.children}</tbody>
        {of.foot === undefined ? null : <tfoot>{of.foot}</tfoot>}
      </table>
    </div>
  );
}
