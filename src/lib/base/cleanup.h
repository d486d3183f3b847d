/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Ownership by scope: a variable marked with one of these macros is released when it goes out of
 * scope, so that every early return is a clean one. BT_TAKE() hands a value on to the caller.
 */
#ifndef BT_BASE_CLEANUP_H
#define BT_BASE_CLEANUP_H

#include <stdlib.h>
#include <unistd.h>

#define BT_CLEANUP(function) __attribute__((cleanup(function)))

/* Frees memory of malloc() at the end of the scope. */
static inline void bt_autofree_release(void *where)
{
	free(*(void **)where);
}
#define BT_AUTOFREE BT_CLEANUP(bt_autofree_release)

/* Closes a file descriptor at the end of the scope; -1 means that there is none. */
static inline void bt_autoclose_release(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}
#define BT_AUTOCLOSE BT_CLEANUP(bt_autoclose_release)

/*
 * Defines the cleanup function NAME for variables of type "TYPE *" that FREE(pointer) releases;
 * FREE must accept NULL. Use: BT_CLEANUP(NAME) TYPE *variable = NULL;
 */
#define BT_DEFINE_AUTO(type, name, free_function)                                                  \
	static inline __attribute__((unused)) void name(type **where)                              \
	{                                                                                          \
		free_function(*where);                                                             \
	}                                                                                          \
	_Static_assert(1, "")

/* Hands the pointer over to the caller: yields its value and leaves NULL behind. */
#define BT_TAKE(pointer)                                                                           \
	({                                                                                         \
		__typeof__(pointer) taken_ = (pointer);                                            \
		(pointer) = NULL;                                                                  \
		taken_;                                                                            \
	})

#define BT_ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define BT_PRINTF(format_index, first_argument)                                                    \
	__attribute__((format(printf, format_index, first_argument)))

#endif
