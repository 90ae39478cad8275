import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileStem } from '../../../webview-ui/figures/figure.ts';
import { helveticaWidth } from '../../../webview-ui/figures/helvetica.ts';
import { SvgContext } from '../../../webview-ui/figures/svgContext.ts';
import { elementsOf } from '../../support/wellFormed.ts';

/** What is drawn, as elements, without the attributes that are the same everywhere. */
function drawn(draw: (context: SvgContext) => void): string {
  const context = new SvgContext(100, 100);
  draw(context);
  return context.toString().trimEnd();
}

test('lines are a path, with the line that they are drawn with', () => {
  const svg = drawn((context) => {
    context.strokeStyle = '#123456';
    context.lineWidth = 1.5;
    context.setLineDash([4, 2]);
    context.lineCap = 'round';
    context.beginPath();
    context.moveTo(1, 2);
    context.lineTo(3.456, 4);
    context.bezierCurveTo(5, 6, 7, 8, 9, 10);
    context.quadraticCurveTo(11, 12, 13, 14);
    context.closePath();
    context.stroke();
  });
  assert.equal(
    svg,
    '<path d="M1 2L3.46 4C5 6 7 8 9 10Q11 12 13 14Z" fill="none" stroke="#123456" stroke-width="1.5" ' +
      'stroke-linecap="round" stroke-dasharray="4 2"/>',
  );
});

test('a whole turn is a circle, a part of one an arc in the direction it was asked for', () => {
  const arc = (start: number, end: number, counterclockwise = false) =>
    drawn((context) => {
      context.beginPath();
      context.arc(10, 20, 5, start, end, counterclockwise);
      context.fill();
    });
  assert.equal(arc(0, 2 * Math.PI), '<circle cx="10" cy="20" r="5" fill="#000000"/>');
  assert.equal(arc(0, Math.PI / 2), '<path d="M15 20A5 5 0 0 1 10 25" fill="#000000"/>');
  assert.equal(arc(0, Math.PI / 2, true), '<path d="M15 20A5 5 0 1 0 10 25" fill="#000000"/>');
  assert.equal(arc(0, -Math.PI / 2), '<path d="M15 20A5 5 0 1 1 10 15" fill="#000000"/>');
});

test('filled and then outlined is one shape; with a move between they are two', () => {
  const dot = (between: (context: SvgContext) => void) =>
    drawn((context) => {
      context.fillStyle = '#ffffff';
      context.strokeStyle = '#c75000';
      context.beginPath();
      context.arc(5, 5, 3, 0, 7);
      context.fill();
      between(context);
      context.stroke();
    });
  assert.equal(
    dot(() => undefined),
    '<circle cx="5" cy="5" r="3" fill="#ffffff" stroke="#c75000" stroke-width="1"/>',
  );
  assert.equal(dot((context) => context.lineTo(1, 1)).match(/<(circle|path)/g)?.length, 2);
});

test('moves, turns and scales reach points, radii, widths and text, and end with restore', () => {
  const svg = drawn((context) => {
    context.save();
    context.translate(10, 20);
    context.rotate(Math.PI / 2);
    context.scale(2, 2);
    context.beginPath();
    context.moveTo(0, 0);
    context.lineTo(5, 0);
    context.stroke();
    context.beginPath();
    context.arc(5, 0, 3, 0, 2 * Math.PI);
    context.fill();
    context.font = '10px Arial';
    context.fillText('up', 5, 0);
    context.fillRect(0, 0, 5, 1);
    context.restore();
    context.fillRect(1, 2, 3, 4);
  });
  assert.deepEqual(svg.split('\n'), [
    '<path d="M10 20L10 30" fill="none" stroke="#000000" stroke-width="2"/>',
    '<circle cx="10" cy="30" r="6" fill="#000000"/>',
    '<text x="10" y="30" transform="rotate(90 10 30)" font-family="Arial" font-size="20" fill="#000000">up</text>',
    '<rect x="8" y="20" width="2" height="10" fill="#000000"/>',
    '<rect x="1" y="2" width="3" height="4" fill="#000000"/>',
  ]);
});

test('a part of a picture starts at its own corner, also after setTransform', () => {
  const context = new SvgContext(100, 100);
  const part = context.part(30, 40, 20, 20);
  assert.deepEqual([part.canvas.width, part.canvas.height], [20, 20]);
  part.translate(5, 5);
  part.setTransform(1, 0, 0, 1, 0, 0);
  part.fillRect(1, 1, 2, 2);
  assert.match(context.toString(), /<rect x="31" y="41" width="2" height="2"/);
});

test('a scale that is not the same in both directions is refused: its circles would be none', () => {
  const context = new SvgContext(10, 10);
  assert.throws(() => context.scale(1, 2), RangeError);
  assert.throws(() => context.setTransform(1, 0, 0, Number.NaN, 0, 0), RangeError);
});

test('equal clips are one, a clip in a clip refers to it, and what lies in it is a group', () => {
  const context = new SvgContext(100, 100);
  const clip = (width: number) => {
    context.beginPath();
    context.rect(0, 0, width, 10);
    context.clip();
  };
  for (const x of [1, 2]) {
    context.save();
    clip(50);
    context.fillRect(x, 0, 1, 1);
    context.restore();
  }
  clip(50);
  clip(20);
  context.fillRect(3, 0, 1, 1);
  const svg = context.toString('a-clip');
  assert.equal(
    svg,
    '<defs><clipPath id="a-clip-1"><path d="M0 0L50 0L50 10L0 10Z"/></clipPath>' +
      '<clipPath id="a-clip-2" clip-path="url(#a-clip-1)"><path d="M0 0L20 0L20 10L0 10Z"/></clipPath></defs>\n' +
      '<g clip-path="url(#a-clip-1)">\n<rect x="1" y="0" width="1" height="1" fill="#000000"/>\n' +
      '<rect x="2" y="0" width="1" height="1" fill="#000000"/>\n</g>\n' +
      '<g clip-path="url(#a-clip-2)">\n<rect x="3" y="0" width="1" height="1" fill="#000000"/>\n</g>\n',
  );
});

test('colours are plain, with their transparency and the drawing’s beside them', () => {
  const fill = (colour: string, alpha = 1) =>
    drawn((context) => {
      context.fillStyle = colour;
      context.globalAlpha = alpha;
      context.fillRect(0, 0, 1, 1);
    }).replace(/.*(fill=.*)\/>/, '$1');
  assert.equal(fill('#0072b2'), 'fill="#0072b2"');
  assert.equal(fill('#80808080', 0.5), 'fill="#808080" fill-opacity="0.25"');
  assert.equal(fill('rgba(255, 0, 16, 0.5)'), 'fill="#ff0010" fill-opacity="0.5"');
  assert.equal(fill('#f08'), 'fill="#ff0088"');
  assert.equal(fill('transparent'), '');
});

test('text keeps its font, its side and its baseline, and what XML would take for markup is text', () => {
  const svg = drawn((context) => {
    context.font = "600 12px Helvetica, 'Segoe UI'";
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.fillText('<b>&\u0000\u202E\u2068"x"\ud800', 10, 10);
  });
  const [element] = elementsOf(svg);
  assert.deepEqual(element, {
    tag: 'text',
    attributes: {
      x: '10',
      y: '13.31',
      'font-family': "Helvetica, 'Segoe UI'",
      'font-size': '12',
      'font-weight': '600',
      'text-anchor': 'end',
      fill: '#000000',
    },
    text: '<b>&\u202E\u2068"x"',
  });
});

test('a text is as wide as Helvetica makes it', () => {
  // Adobe's metrics: A 667, V 667, e 556, blank 278; bold A 722.
  assert.equal(helveticaWidth('AVe ', false), 2168);
  assert.equal(helveticaWidth('A', true), 722);
  assert.equal(helveticaWidth('é', false), 556, 'an accent has no width of its own');
  assert.equal(helveticaWidth('\u2068−\u2069', false), 584, 'isolates have none');
  assert.equal(helveticaWidth('中', false), 1000);
  const context = new SvgContext(1, 1);
  context.font = '20px Arial';
  assert.equal(context.measureText('AVe ').width, 43.36);
});

test('what is not a number is not drawn', () => {
  assert.equal(
    drawn((context) => {
      context.beginPath();
      context.moveTo(Number.NaN, 1);
      context.arc(1, 1, Number.POSITIVE_INFINITY, 0, 1);
      context.stroke();
      context.fillRect(0, Number.NaN, 1, 1);
      context.fillText('x', 0, Number.NaN);
    }),
    '',
  );
});

test('a file is named by what no file system minds', () => {
  assert.equal(fileStem('distances', '../../etc/passwd', 'Haïr: «x»'), 'distances-etc-passwd-Hair-x');
  assert.equal(fileStem('שמאל'), 'figure');
  assert.ok(fileStem('a'.repeat(300)).length <= 60);
});
