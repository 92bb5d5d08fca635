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
 *
 * A mode without masks has colours by number: 256 of them, as vpmem sets the palette, or
 * the 16 of VGA. These may be on four planes, which VGA lays over one another: the
 * program selects them by the ports of the sequencer, as a display driver does.
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

/* Ports of VGA: an index, and the register behind it */
#define SEQUENCER		0x3c4
#define MAP_MASK		2
#define GRAPHICS		0x3ce
#define READ_MAP		4

#define PLANES			4

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

/* Line of the file modes */
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

/* The colours that a BIOS gives VGA, which have a bit each for red, green and blue */
static const unsigned int vga_colors[16] = {
	0x000000, 0x0000aa, 0x00aa00, 0x00aaaa, 0xaa0000, 0xaa00aa, 0xaa5500, 0xaaaaaa,
	0x555555, 0x5555ff, 0x55ff55, 0x55ffff, 0xff5555, 0xff55ff, 0xffff55, 0xffffff,
};

static int channel_distance(unsigned int a, unsigned int b, int shift)
{
	int difference = (int)(a >> shift & 0xff) - (int)(b >> shift & 0xff);

	return difference * difference;
}

static unsigned int nearest_vga_color(unsigned int color)
{
	unsigned int i, best = 0;
	int distance, least = -1;

	for (i = 0; i < 16; i++) {
		distance = channel_distance(color, vga_colors[i], 16) +
			   channel_distance(color, vga_colors[i], 8) +
			   channel_distance(color, vga_colors[i], 0);
		if (least < 0 || distance < least) {
			least = distance;
			best = i;
		}
	}
	return best;
}

static bool has_vga_colors(const struct mode *mode)
{
	return mode->bits * mode->planes == 4;
}

static unsigned int pixel_value(const struct mode *mode, int column, int row)
{
	unsigned int color = pixel_color(mode, column, row);

	return has_vga_colors(mode) ? nearest_vga_color(color) : encode(mode, color);
}

static size_t line_size(const struct mode *mode)
{
	return ((size_t)mode->width * mode->bits + 7) / 8;
}

/* Pixels of less than a byte begin with its highest bits. */
static void put_bits(const struct mode *mode, unsigned char *line, int column,
		     unsigned int value)
{
	size_t at = (size_t)column * mode->bits;

	line[at / 8] |= value << (8 - mode->bits - at % 8);
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
	if (has_vga_colors(mode)) {
		add_to_crc(crc, vga_colors[pixel] >> 16);
		add_to_crc(crc, vga_colors[pixel] >> 8 & 0xff);
		add_to_crc(crc, vga_colors[pixel] & 0xff);
		return;
	}
	add_to_crc(crc, shown_level(pixel, mode->red));
	add_to_crc(crc, shown_level(pixel, mode->green));
	add_to_crc(crc, shown_level(pixel, mode->blue));
}

/* On a machine that has the lowest byte first, as the screen does. */
static void put_bytes(const struct mode *mode, unsigned char *line, int column,
		      unsigned int value)
{
	size_t bytes = (mode->bits + 7) / 8;

	memcpy(line + column * bytes, &value, bytes);
}

/* Compose one plane of the row. All planes have the same pixels: count those of the first. */
static void compose(const struct mode *mode, unsigned char *line, int row,
		    unsigned int plane, unsigned int *crc)
{
	unsigned int pixel;
	int column;

	memset(line, 0, line_size(mode));
	for (column = 0; column < mode->width; column++) {
		pixel = pixel_value(mode, column, row);
		if (mode->planes > 1)
			put_bits(mode, line, column, pixel >> plane & 1);
		else if (mode->bits < 8)
			put_bits(mode, line, column, pixel);
		else
			put_bytes(mode, line, column, pixel);
		if (!plane)
			add_pixel_to_crc(mode, crc, pixel);
	}
}

static void set_register(int ports, unsigned short port, unsigned char index,
			 unsigned char value)
{
	const unsigned char both[] = { index, value };

	/* Write two bytes: the kernel sends the second one to the next port. */
	if (pwrite(ports, both, sizeof(both), port) != sizeof(both))
		err(1, "/dev/port");
}

/* For what is written, and what is read */
static void select_planes(unsigned int written, unsigned int read)
{
	int ports = open("/dev/port", O_RDWR);

	if (ports < 0)
		err(1, "/dev/port");
	set_register(ports, SEQUENCER, MAP_MASK, written);
	set_register(ports, GRAPHICS, READ_MAP, read);
	close(ports);
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

/* Through the mapping; what read() then tells is what has arrived. */
static void draw_row(const struct mode *mode, int file, unsigned char *screen,
		     const unsigned char *line, int row)
{
	size_t where = (size_t)row * mode->stride, length = line_size(mode);
	unsigned char arrived[4096];
	size_t at, part;

	memcpy(screen + where, line, length);
	if (lseek(file, where, SEEK_SET) < 0)
		err(1, "row %d", row);
	for (at = 0; at < length; at += part) {
		part = length - at < sizeof(arrived) ? length - at : sizeof(arrived);
		if (!read_all(file, arrived, part) || memcmp(line + at, arrived, part))
			errx(1, "row %d did not arrive", row);
	}
}

/* Returns the CRC. */
static unsigned int draw(const struct mode *mode, int file, unsigned char *screen)
{
	unsigned char *line = malloc(line_size(mode));
	unsigned int crc = ~0u, plane;
	int row;

	if (!line)
		err(1, "memory for a line");
	for (plane = 0; plane < mode->planes; plane++) {
		if (mode->planes > 1)
			select_planes(1 << plane, plane);
		for (row = 0; row < mode->height; row++) {
			compose(mode, line, row, plane, &crc);
			draw_row(mode, file, screen, line, row);
		}
	}
	if (mode->planes > 1)
		select_planes((1 << PLANES) - 1, 0);
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

/*
 * vpmem gives modes of 256 colours a palette of so many bits for each of the three. The
 * attributes would not tell: miniports say or leave out that a mode has a palette as they
 * like.
 */
static void use_palette(struct mode *mode)
{
	if (mode->bits * mode->planes != 8 || mode->red || mode->green || mode->blue)
		return;
	mode->red = 0xe0;
	mode->green = 0x1c;
	mode->blue = 0x03;
}

static bool can_draw(const struct mode *mode)
{
	if (mode->planes == PLANES)
		return mode->bits == 1;
	return mode->planes == 1 && (mode->bits == 4 || (mode->bits >= 8 && mode->bits <= 32));
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
		if (!can_draw(mode))
			errx(1, "mode %u has %u planes of %u bits, for which there is no code",
			     index, mode->planes, mode->bits);
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
