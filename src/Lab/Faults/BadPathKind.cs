namespace Actors.Lab.Faults;

/// <summary>What fails at a path, and how.</summary>
internal enum BadPathKind
{
    /// <summary>A directory of another user, with mode 0700: EACCES.</summary>
    Closed,
    /// <summary>A mount whose server has died: ENOTCONN, whatever is called.</summary>
    Gone,
    /// <summary>EIO where it is read or listed.</summary>
    Unreadable,
    /// <summary>ENOKEY where it is opened.</summary>
    Encrypted,
    /// <summary>EIO where it is made durable.</summary>
    Unflushable,
    /// <summary>EIO where a name is changed.</summary>
    Unchangeable,
    /// <summary>EFBIG where new content is written: one file that the disk does not take.</summary>
    TooLarge,
}
