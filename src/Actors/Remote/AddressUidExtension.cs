using Actors.Runtime;

namespace Actors.Remote;

/// <summary>Finds the <see cref="AddressUid"/> of a system.</summary>
public class AddressUidExtension : ExtensionIdProvider<AddressUid>
{
    /// <summary>By which number other systems tell this incarnation from earlier ones at its address.</summary>
    public static int Uid(ActorSystem system) => system.WithExtension<AddressUid, AddressUidExtension>().Uid;

    /// <inheritdoc/>
    public override AddressUid CreateExtension(ExtendedActorSystem system) => new(((ActorSystemImpl)system).Environment.NextUid());
}
