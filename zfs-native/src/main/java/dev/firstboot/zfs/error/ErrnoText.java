package dev.firstboot.zfs.error;

/**
 * Number, name and meaning of each error, from {@code errno.h} and {@code zfs_errno_t} of {@code sys/fs/zfs.h}. The meanings are this library's own: what the
 * error means when ZFS returns it.
 */
final class ErrnoText {
    static final String LINES = """
            1 EPERM not permitted: needs root, or a delegated permission
            2 ENOENT does not exist
            3 ESRCH there is none
            4 EINTR interrupted by a signal
            5 EIO input/output error
            6 ENXIO no such device or address
            7 E2BIG too long
            9 EBADF not an open file descriptor of the right kind
            11 EAGAIN not now: the pool is suspended until `zpool clear`, or it is to be tried again
            12 ENOMEM out of memory
            13 EACCES access denied, or the key is wrong or not loaded
            14 EFAULT bad address
            16 EBUSY in use
            17 EEXIST already exists
            18 EXDEV of different pools, or not of one line
            19 ENODEV no such device
            20 ENOTDIR not a directory
            21 EISDIR is a directory
            22 EINVAL invalid argument
            23 ENFILE too many open files on the machine
            24 EMFILE too many open files
            25 ENOTTY the device does not know this call
            26 ETXTBSY was modified or is in use
            27 EFBIG too large
            28 ENOSPC no space left
            29 ESPIPE cannot seek
            30 EROFS read only
            31 EMLINK too many links
            32 EPIPE nobody reads the other end
            33 EDOM out of domain
            34 ERANGE out of range
            36 ENAMETOOLONG name too long
            38 ENOSYS not implemented
            39 ENOTEMPTY not empty
            44 ECHRNG the channel program ended by an error of its own
            52 EBADE checksum mismatch
            61 ENODATA no data
            62 ETIME time is up
            75 EOVERFLOW too large for its type
            95 EOPNOTSUPP not supported
            110 ETIMEDOUT timed out
            116 ESTALE stale
            117 EUCLEAN damaged
            122 EDQUOT over quota
            125 ECANCELED cancelled
            1024 ZFS_ERR_CHECKPOINT_EXISTS the pool has a checkpoint already
            1025 ZFS_ERR_DISCARDING_CHECKPOINT the pool's checkpoint is being discarded
            1026 ZFS_ERR_NO_CHECKPOINT the pool has no checkpoint
            1027 ZFS_ERR_DEVRM_IN_PROGRESS a device is being removed
            1028 ZFS_ERR_VDEV_TOO_BIG the device is too large for the pool
            1029 ZFS_ERR_IOC_CMD_UNAVAIL the loaded zfs module does not know this call
            1030 ZFS_ERR_IOC_ARG_UNAVAIL the loaded zfs module does not know an argument of this call
            1031 ZFS_ERR_IOC_ARG_REQUIRED the loaded zfs module wants an argument that was not given
            1032 ZFS_ERR_IOC_ARG_BADTYPE an argument is of the wrong type
            1033 ZFS_ERR_WRONG_PARENT what it would be below cannot have such children
            1034 ZFS_ERR_FROM_IVSET_GUID_MISSING the snapshot to start from lacks its IV set guid
            1035 ZFS_ERR_FROM_IVSET_GUID_MISMATCH the snapshot to start from has another IV set guid
            1036 ZFS_ERR_SPILL_BLOCK_FLAG_MISSING the stream lacks its spill block flag
            1037 ZFS_ERR_UNKNOWN_SEND_STREAM_FEATURE the stream has features that are not known here
            1038 ZFS_ERR_EXPORT_IN_PROGRESS the pool is being exported
            1039 ZFS_ERR_BOOKMARK_SOURCE_NOT_ANCESTOR what the bookmark is to be made of is no ancestor
            1040 ZFS_ERR_STREAM_TRUNCATED the stream ended early
            1041 ZFS_ERR_STREAM_LARGE_BLOCK_MISMATCH the stream was sent with large blocks before, and now without
            1042 ZFS_ERR_RESILVER_IN_PROGRESS a resilver is under way
            1043 ZFS_ERR_REBUILD_IN_PROGRESS a rebuild is under way
            1044 ZFS_ERR_BADPROP a property is not right
            1045 ZFS_ERR_VDEV_NOTSUP not supported by this device
            1046 ZFS_ERR_NOT_USER_NAMESPACE not a user namespace
            1047 ZFS_ERR_RESUME_EXISTS there is a partly received stream to resume
            1048 ZFS_ERR_CRYPTO_NOTSUP not supported with encryption
            1049 ZFS_ERR_RAIDZ_EXPAND_IN_PROGRESS a raidz is being expanded
            1050 ZFS_ERR_ASHIFT_MISMATCH the sector sizes differ
            1051 ZFS_ERR_STREAM_LARGE_MICROZAP the stream needs large microzaps
            1052 ZFS_ERR_TOO_MANY_SITOUTS too many devices are sitting out
            """;

    private ErrnoText() {}
}
