/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Arrays that grow: their items, how many there are, and for how many there is room. */
#ifndef BT_BASE_ARRAY_H
#define BT_BASE_ARRAY_H

#include <stdlib.h>

/* The array with more room than for *SIZE items, which then tells how much; NULL without memory. */
static inline void *bt_array_grown(void *array, size_t *size, size_t item_size)
{
	size_t larger = *size ? *size * 2 : 8;
	void *grown = reallocarray(array, larger, item_size);

	if (grown)
		*size = larger;
	return grown;
}

/*
 * Makes room in ARRAY, which has COUNT items and room for SIZE, for one more. False without memory;
 * the array is as it was then.
 */
#define BT_MAKE_ROOM(array, count, size)                                                           \
	({                                                                                         \
		size_t size_ = (size);                                                             \
		__typeof__(array) array_ = (array);                                                \
		if ((count) >= size_)                                                              \
			array_ = bt_array_grown(array_, &size_, sizeof(*array_));                  \
		if (array_) {                                                                      \
			(array) = array_;                                                          \
			(size) = size_;                                                            \
		}                                                                                  \
		array_ != NULL;                                                                    \
	})

#endif
