#ifndef CALLOCATOR_H
#define CALLOCATOR_H

#include <stddef.h>

/// How the C library gets memory from the system and gives it back; for whoever owns the process. With another library
/// than glibc both do nothing.

/// Gets blocks of at least so many bytes from the system one by one, so that each goes back when it is freed. By
/// default glibc stops doing so for blocks as large as the largest one that was ever freed, up to 32 MiB, and a heap
/// goes back only from its end.
///
/// Source: https://man7.org/linux/man-pages/man3/mallopt.3.html, M_MMAP_THRESHOLD.
void allocator_map_blocks_from(size_t bytes);

/// Gives back what lies free in heaps. Costs a walk over everything free.
///
/// Source: https://man7.org/linux/man-pages/man3/malloc_trim.3.html
void allocator_give_back(void);

#endif
