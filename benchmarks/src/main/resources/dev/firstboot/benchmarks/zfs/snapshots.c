// snapshots FILESYSTEM COUNT: takes and destroys a snapshot COUNT times through libzfs_core; prints the nanoseconds of one round.
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct nvlist nvlist_t;

static void *in(void *library, const char *name) {
	void *found = dlsym(library, name);
	if (found == NULL) { fprintf(stderr, "%s is missing\n", name); exit(1); }
	return found;
}

int main(int argc, char **argv) {
	void *core = dlopen("libzfs_core.so.3", RTLD_NOW), *pair = dlopen("libnvpair.so.3", RTLD_NOW);
	if (argc != 3 || core == NULL || pair == NULL) { fprintf(stderr, "usage: snapshots FILESYSTEM COUNT\n"); return 2; }
	int (*init)(void) = in(core, "libzfs_core_init");
	int (*take)(nvlist_t *, nvlist_t *, nvlist_t **) = in(core, "lzc_snapshot");
	int (*destroy)(nvlist_t *, int, nvlist_t **) = in(core, "lzc_destroy_snaps");
	int (*make)(nvlist_t **, unsigned, int) = in(pair, "nvlist_alloc");
	int (*add)(nvlist_t *, const char *) = in(pair, "nvlist_add_boolean");
	void (*drop)(nvlist_t *) = in(pair, "nvlist_free");
	int count = atoi(argv[2]);
	char name[256];
	snprintf(name, sizeof (name), "%s@c", argv[1]);
	if (init() != 0) { perror("libzfs_core_init"); return 1; }
	struct timespec start, end;
	clock_gettime(CLOCK_MONOTONIC, &start);
	for (int i = 0; i < count; i++) {
		nvlist_t *list, *errors = NULL;
		make(&list, 1, 0);
		add(list, name);
		if (take(list, NULL, &errors) != 0 || destroy(list, 0, &errors) != 0) { fprintf(stderr, "failed\n"); return 1; }
		drop(list);
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	printf("%.0f\n", ((end.tv_sec - start.tv_sec) * 1e9 + (end.tv_nsec - start.tv_nsec)) / count);
	return 0;
}
