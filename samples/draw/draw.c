// SPDX-License-Identifier: GPL-2.0-only
/*
 * Draws on the screen of a miniport, as a display driver would on Windows: through the
 * files modes, mode and framebuffer of its adapter in debugfs.
 *
 *	draw /sys/kernel/debug/vpmem/adapters/NAME [TITLE]
 *
 * The picture is three lights on a screen at dusk. Where they overlap they mix, so wrong
 * masks show as wrong colours; a wrong stride bends the diagonal and breaks the frame.
 * In a corner are the title and the size. The line that is printed ends in the CRC-32 of
 * the red, green and blue bytes of all pixels, for comparison with a picture of the screen.
 */
#include <err.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "title.h"

#define PALETTE_DRIVEN		4	/* of the attributes */

#define WHITE			0xffffff
#define RED			0xff0000
#define GREEN			0x00ff00
#define BLUE			0x0000ff

/* The background, and with it the blocks of the frame's ruler */
#define DUSK_TOP		0x101848
#define DUSK_BOTTOM		0xe08848
#define FRAME			16

#define CRC_POLYNOMIAL		0xedb88320	/* as zlib has it */

static const char *title = "";

/* What a line of the file modes has. */
struct mode {
	unsigned int index;
	int width;
	int height;
	unsigned int bits;
	unsigned int stride;
	unsigned int planes;
	unsigned int frequency;
	unsigned int red;
	unsigned int green;
	unsigned int blue;
	unsigned int attributes;
};

/*
 * The picture
 */

static unsigned int mix_channel(unsigned int from, unsigned int to, int part, int whole)
{
	return (from * (whole - part) + to * part) / whole;
}

static unsigned int mix(unsigned int from, unsigned int to, int part, int whole)
{
	return mix_channel(from >> 16, to >> 16, part, whole) << 16 |
	       mix_channel(from >> 8 & 0xff, to >> 8 & 0xff, part, whole) << 8 |
	       mix_channel(from & 0xff, to & 0xff, part, whole);
}

static bool in_disc(int x, int y, int radius)
{
	return x * x + y * y <= radius * radius;
}

static bool on_circle(int x, int y, int radius)
{
	return in_disc(x, y, radius + 1) && !in_disc(x, y, radius - 1);
}

/* The lights stand on the corners of a triangle, red above; x and y from the middle. */
static unsigned int lights(int x, int y, int radius)
{
	int aside = radius * 5 / 8, above = radius * 3 / 4, below = radius * 3 / 8;

	return (in_disc(x, y + above, radius) ? RED : 0) |
	       (in_disc(x + aside, y - below, radius) ? GREEN : 0) |
	       (in_disc(x - aside, y - below, radius) ? BLUE : 0);
}

static int from_edge(int at, int length)
{
	return at < length / 2 ? at : length - 1 - at;
}

/* A line of white around blocks, which are squares but for the middle of a side */
static unsigned int frame_color(int from_side, int from_end)
{
	if (!from_side || !from_end)
		return WHITE;
	return (from_side / FRAME + from_end / FRAME) % 2 ? DUSK_TOP : DUSK_BOTTOM;
}

/* In the lower left corner, so high that 20 lines fill the screen */
static bool in_title(const struct mode *mode, int column, int row)
{
	int cell = mode->height / (20 * TITLE_CELLS_DOWN) + 1;
	int x = column - 2 * FRAME, line = cell * TITLE_CELLS_DOWN;
	int y = row - (mode->height - 2 * FRAME - 2 * line);
	char size[32];

	if (y < 0 || y >= 2 * line)
		return false;
	if (y < line)
		return title_covers(title, cell, x, y);
	snprintf(size, sizeof(size), "%dx%d-%u", mode->width, mode->height, mode->bits);
	return title_covers(size, cell, x, y - line);
}

static unsigned int pixel_color(const struct mode *mode, int column, int row)
{
	int from_side = from_edge(column, mode->width);
	int from_end = from_edge(row, mode->height);
	int radius = (mode->width < mode->height ? mode->width : mode->height) / 5;
	int x = column - mode->width / 2, y = row - mode->height / 2;
	unsigned int light = lights(x, y, radius);

	if (from_side < FRAME || from_end < FRAME)
		return frame_color(from_side, from_end);
	if (light)
		return light;
	if (in_title(mode, column, row))
		return WHITE;
	if (abs(column - row * mode->width / mode->height) <= 1 ||
	    on_circle(x, y, radius * 2))
		return WHITE;
	return mix(DUSK_TOP, DUSK_BOTTOM, row, mode->height);
}

/*
 * Pixels as the mode has them
 */

/* The upper bits of a byte, where the mask has its bits */
static unsigned int place(unsigned int level, unsigned int mask)
{
	unsigned int bits = __builtin_popcount(mask);

	return mask ? ((level << 8 | level) >> (16 - bits)) * (mask & -mask) : 0;
}

static unsigned int encode(const struct mode *mode, unsigned int color)
{
	return place(color >> 16, mode->red) | place(color >> 8 & 0xff, mode->green) |
	       place(color & 0xff, mode->blue);
}

static size_t pixel_size(const struct mode *mode)
{
	return (mode->bits + 7) / 8;
}

/* The level that a display makes of the bits in the mask: it repeats them up to 8. */
static unsigned int shown_level(unsigned int pixel, unsigned int mask)
{
	unsigned int bits = __builtin_popcount(mask);
	unsigned int level;

	if (!mask)
		return 0;
	level = (pixel & mask) / (mask & -mask) << (8 - bits);
	for (; bits < 8; bits *= 2)
		level |= level >> bits;
	return level;
}

static void add_to_crc(unsigned int *crc, unsigned int byte)
{
	int bit;

	*crc ^= byte;
	for (bit = 0; bit < 8; bit++)
		*crc = *crc >> 1 ^ (*crc & 1 ? CRC_POLYNOMIAL : 0);
}

static void add_pixel_to_crc(const struct mode *mode, unsigned int *crc, unsigned int pixel)
{
	add_to_crc(crc, shown_level(pixel, mode->red));
	add_to_crc(crc, shown_level(pixel, mode->green));
	add_to_crc(crc, shown_level(pixel, mode->blue));
}

/* On a machine that has the lowest byte first, as the screen does. */
static void compose(const struct mode *mode, unsigned char *line, int row, unsigned int *crc)
{
	unsigned int pixel;
	int column;

	for (column = 0; column < mode->width; column++) {
		pixel = encode(mode, pixel_color(mode, column, row));
		memcpy(line + column * pixel_size(mode), &pixel, pixel_size(mode));
		add_pixel_to_crc(mode, crc, pixel);
	}
}

/* A read of debugfs has a page at most. */
static bool read_all(int file, unsigned char *to, size_t length)
{
	ssize_t part;

	while (length) {
		part = read(file, to, length);
		if (part <= 0)
			return false;
		to += part;
		length -= part;
	}
	return true;
}

/* Through the mapping; what read() then tells is what has arrived. Returns the CRC. */
static unsigned int draw(const struct mode *mode, int file, unsigned char *screen)
{
	unsigned int crc = ~0u;
	size_t length = mode->width * pixel_size(mode);
	unsigned char *line = malloc(2 * length);
	size_t where;
	int row;

	if (!line)
		err(1, "memory for a line");
	for (row = 0; row < mode->height; row++) {
		where = (size_t)row * mode->stride;
		compose(mode, line, row, &crc);
		memcpy(screen + where, line, length);
		if (lseek(file, where, SEEK_SET) < 0 ||
		    !read_all(file, line + length, length) ||
		    memcmp(line, line + length, length))
			errx(1, "row %d did not arrive", row);
	}
	free(line);
	return ~crc;
}

/*
 * The files
 */

static FILE *open_text(const char *directory, const char *name)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "r");
	if (!file)
		err(1, "%s", path);
	return file;
}

static unsigned int current_mode(const char *directory)
{
	FILE *file = open_text(directory, "mode");
	unsigned int index;

	if (fscanf(file, "%u", &index) != 1)
		errx(1, "no mode is set");
	fclose(file);
	return index;
}

/* vpmem gives modes with a palette one of so many bits for each colour. */
static void use_palette(struct mode *mode)
{
	if (!(mode->attributes & PALETTE_DRIVEN))
		return;
	mode->red = 0xe0;
	mode->green = 0x1c;
	mode->blue = 0x03;
}

static bool parse(const char *line, struct mode *mode)
{
	return sscanf(line, "%u %d %d %u %u %u %u %x %x %x %x", &mode->index,
		      &mode->width, &mode->height, &mode->bits, &mode->stride,
		      &mode->planes, &mode->frequency, &mode->red, &mode->green,
		      &mode->blue, &mode->attributes) == 11;
}

static void find_mode(const char *directory, unsigned int index, struct mode *mode)
{
	FILE *file = open_text(directory, "modes");
	char line[256];

	while (fgets(line, sizeof(line), file)) {
		if (!parse(line, mode) || mode->index != index)
			continue;
		use_palette(mode);
		if (mode->planes != 1)
			errx(1, "mode %u has planes", index);
		fclose(file);
		return;
	}
	errx(1, "mode %u is not listed", index);
}

int main(int argc, char **argv)
{
	struct mode mode;
	char path[4096];
	void *screen;
	size_t size;
	int file;

	if (argc < 2 || argc > 3)
		errx(1, "usage: draw DIRECTORY [TITLE]");
	if (argc == 3)
		title = argv[2];
	find_mode(argv[1], current_mode(argv[1]), &mode);
	snprintf(path, sizeof(path), "%s/framebuffer", argv[1]);
	file = open(path, O_RDWR);
	if (file < 0)
		err(1, "%s", path);
	size = (size_t)mode.stride * mode.height;
	screen = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (screen == MAP_FAILED)
		err(1, "mmap %s", path);
	printf("%dx%d pixels, CRC-32 of their colors %08x\n", mode.width, mode.height,
	       draw(&mode, file, screen));
	return 0;
}
