/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TITLE_H
#define TITLE_H

#include <stdbool.h>

/* Cells of a character, with the space to the next one, and to the next line */
#define TITLE_CELLS_ACROSS	6
#define TITLE_CELLS_DOWN	9

/*
 * Whether the letters of a text cover this point, which counts pixels from the text's upper
 * left corner. Each cell of a letter is a square of so many pixels.
 */
bool title_covers(const char *text, int cell_pixels, int x, int y);

#endif
