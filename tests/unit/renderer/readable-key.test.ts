import { describe, expect, it } from 'vitest';
import { attributeText } from '../../../renderer/licenses/attribute-text.ts';
import { readableKey } from '../../../renderer/format/readable-key.ts';

describe('readableKey', () => {
  it.each([
    ['advancedExport', 'Advanced export'],
    ['advanced-export', 'Advanced export'],
    ['advanced_export.v2', 'Advanced export v2'],
    ['maxCPUCores', 'Max CPU cores'],
    ['CAD', 'CAD'],
    ['seats', 'Seats'],
    ['plugin-sdk', 'Plugin SDK'],
    ['exportPdf', 'Export PDF'],
    ['export-4k', 'Export 4K'],
    ['3d-view', '3D view'],
    ['rapid', 'Rapid'],
    ['v2', 'V2'],
  ])('reads %s as %s', (key, words) => {
    expect(readableKey(key)).toBe(words);
  });

  it('leaves names alone', () => {
    expect(readableKey('Export (beta)')).toBe('Export (beta)');
    expect(readableKey('ميزة')).toBe('ميزة');
  });
});

describe('attributeText', () => {
  it('formats by type', () => {
    expect(attributeText('de', { type: 'number', value: '1234.5' })).toBe('1.234,5');
    expect(attributeText('en', { type: 'date', value: '2031-11-30' })).toBe('November 30, 2031');
    expect(attributeText('en', { type: 'string', value: '0012' })).toBe('0012');
  });

  it('shows as it came what does not fit its type, and numbers too long to be exact', () => {
    expect(attributeText('en', { type: 'number', value: 'many' })).toBe('many');
    expect(attributeText('en', { type: 'number', value: ' ' })).toBe(' ');
    expect(attributeText('en', { type: 'number', value: '9223372036854775807' })).toBe('9223372036854775807');
    expect(attributeText('en', { type: 'date', value: 'soon' })).toBe('soon');
    expect(attributeText('en', { type: 'date', value: null })).toBe('');
  });
});
