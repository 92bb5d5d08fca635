/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bytes that the fuzzer has made, and numbers of them. All that follows their end is 0.
 */
#ifndef INPUT_H
#define INPUT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct input {
	const uint8_t *at;
	size_t left;
};

/* Called by libFuzzer for each input; a fault ends the process. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Take up to @size bytes. Return how many there were. */
static inline size_t input_bytes(struct input *input, void *to, size_t size)
{
	size_t part = size < input->left ? size : input->left;

	memset(to, 0, size);
	if (part)
		memcpy(to, input->at, part);
	input->at += part;
	input->left -= part;
	return part;
}

static inline uint8_t input_u8(struct input *input)
{
	uint8_t value;

	input_bytes(input, &value, sizeof(value));
	return value;
}

static inline uint16_t input_u16(struct input *input)
{
	uint16_t value;

	input_bytes(input, &value, sizeof(value));
	return value;
}

static inline uint32_t input_u32(struct input *input)
{
	uint32_t value;

	input_bytes(input, &value, sizeof(value));
	return value;
}

static inline uint64_t input_u64(struct input *input)
{
	uint64_t value;

	input_bytes(input, &value, sizeof(value));
	return value;
}

/* End the process with a message, of which libFuzzer keeps the input. */
#define expect(condition, ...)							\
do {										\
	if (!(condition)) {							\
		fprintf(stderr, "%s:%d: ", __FILE__, __LINE__);			\
		fprintf(stderr, __VA_ARGS__);					\
		fputc('\n', stderr);						\
		abort();							\
	}									\
} while (0)

#endif /* INPUT_H */
