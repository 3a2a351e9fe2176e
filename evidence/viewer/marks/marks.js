// Part of the map's viewer: the mark of each view. A mark is a function of what stands in a cell: it
// changes what its place has.

import { bubblesMark } from "./bubbles_mark.js";
import { directionsMark } from "./directions_mark.js";
import { donutMark } from "./donut_mark.js";
import { mosaicMark } from "./mosaic_mark.js";
import { numbersMark } from "./numbers_mark.js";
import { plainMark } from "./plain_mark.js";

/** By the name of the view in the address.
 *  @type {Record<string, (place: HTMLElement, cell: any, frame: any) => void>} */
export const MARKS = { numbers: numbersMark, bubbles: bubblesMark, table: plainMark, directions: directionsMark, mosaic: mosaicMark, donut: donutMark };
