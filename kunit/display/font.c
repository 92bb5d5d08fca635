// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prints the font of the console on the screen: a byte each for width and height of a
 * character, then 32 bytes of each character, or 64 of a wide one. The host renders the
 * console's text with it, and compares that with the screen.
 */
#include <err.h>
#include <fcntl.h>
#include <linux/kd.h>
#include <stdio.h>
#include <sys/ioctl.h>

#define MOST_BYTES	(512 * 64)

int main(void)
{
	static unsigned char glyphs[MOST_BYTES];
	struct console_font_op font = {
		.op = KD_FONT_OP_GET,
		.width = 32,
		.height = 32,
		.charcount = 512,
		.data = glyphs,
	};
	int console = open("/dev/tty0", O_RDONLY);

	if (console < 0)
		err(1, "/dev/tty0");
	if (ioctl(console, KDFONTOP, &font))
		err(1, "KDFONTOP");
	printf("%c%c", font.width, font.height);
	fwrite(glyphs, 32 * ((font.width + 7) / 8), font.charcount, stdout);
	if (fflush(stdout))
		err(1, "standard output");
	return 0;
}
